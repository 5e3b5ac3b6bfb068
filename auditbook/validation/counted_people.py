"""Words of the codebook that tell of how many cases or children something was found: no label or definition does.

`2 or more plans`, `aged 16 or 17`, `large family (4 children)`, `one of two parents` define an answer. `n=3`,
`3 of the 5 cases`, `four girls in this audit` tell a result, and would be printed beside withheld numbers of it.
"""

import re

from auditbook.validation.numbers import IN_WORDS
from auditbook.validation.personal import plain_characters

WHO_IS_AUDITED = (
    r"(?:young\s+people|(?:young\s+)?(?:children|girls|boys)|babies|families|households|people|victims|pupils|cases)"
)
NUMBER_OF = rf"(?:\d+|{IN_WORDS})"
RESULTS = re.compile(
    rf"\bn\s*=\s*\d+"
    rf"|\b{NUMBER_OF}\s+(?:out\s+)?of\s+(?:the\s+|our\s+)?{NUMBER_OF}\s+{WHO_IS_AUDITED}\b"
    r"(?!\s+(?:in|of)\s+(?:a|the|one|each)\s+(?:family|household|home)\b)"  # who is meant in a case, not in how many
    rf"|\b(?:a|one|two|three)[\s-]+(?:thirds?|quarters?|fifths?)\s+of\s+(?:the|our|these|all)\s+{WHO_IS_AUDITED}\b"
    rf"|\(\s*{NUMBER_OF}\s+cases\s*\)"
    rf"|\b{NUMBER_OF}\s+{WHO_IS_AUDITED}\s+(?:in\s+(?:this|the)\s+audit|(?:were|was)\s+(?:audited|sampled|found))\b",
    re.IGNORECASE,
)
SET_COUNT = re.compile(rf"\s*{NUMBER_OF}\s+{WHO_IS_AUDITED}\s*", re.IGNORECASE)


def tells_a_result(text: str) -> bool:
    """Whether a text of the codebook says how many, and not what an answer means."""
    return RESULTS.search(plain_characters(text)) is not None


def counts_people(phrase: str) -> bool:
    """Whether a set phrase is a number of people: a briefing that may say `four girls` says it of any four."""
    return tells_a_result(phrase) or SET_COUNT.fullmatch(plain_characters(phrase)) is not None
