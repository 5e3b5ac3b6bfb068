"""The catalogue of rules: every code that a refusal can carry, what it means, and how to repair what it found."""

import re
from collections.abc import Iterable

from auditbook.validation import (
    rules_of_entries,
    rules_of_files,
    rules_of_links,
    rules_of_papers,
    rules_of_returns,
    rules_of_words,
)
from auditbook.validation.problems import Rule

PARTS = {
    "Files": rules_of_files.FILES,
    "Settings: audit.yml": rules_of_files.SETTINGS,
    "Cells and keys": rules_of_entries.CELLS,
    "What must exist": rules_of_links.LINKS,
    "Totals without rows: tallies.csv": rules_of_links.TALLIES,
    "Personal data": rules_of_words.PERSONAL,
    "The briefing": rules_of_words.BRIEFING,
    "The codebook": rules_of_files.CODEBOOK,
    "Brand and Word template": rules_of_papers.PAPERS,
    "Audits released together: pooled.yml": rules_of_papers.POOLED,
    "Returned workbooks": rules_of_returns.RETURNS,
}
RULES: dict[str, Rule] = {rule.code: rule for rules in PARTS.values() for rule in rules}
BEGINNING = """\
# If an input is refused

`auditbook check` reads everything that was entered and names every problem at once; so does each command before it
writes anything. The problems of tables and of briefings come together, and none that only follows from another. A
problem is one line:

> `data/audits/2021-22-Q1/findings.csv:14: themes: "VOIC" is not a theme. Nearest: voice_of_child. [T03]`

The file, the line in it (the header is line 1), the column; what was found and what was expected; where there is one,
the nearest thing that would have been accepted; and the rule's code, under which this page says why the rule exists and
how to mend the entry. In `audit.yml` the column is the key, sections with dots between them and list items counted from
0: `channels.0.kind`. Below the problems the command says, once for each rule, what to do. The last line counts the
problems. Nothing is written until there are none.

For other programs, `auditbook check --format json` or `--format csv` prints one record a problem. The exit code is 0
when all is well, 10 when an input is refused, 2 when the command itself was not understood.

In the messages below, `…` stands for what differs.
"""
ENDING = """\
## How sure the rules about personal data are

They fail closed: what may be personal is refused, and its value is never printed, logged or kept. Numbers are found in
any grouping, in full-width or other digits and with invisible characters between them.

| looked at | refused |
|---|---|
| the audits and the codebook that come with the book | none |
| 200,000 generated sentences with dates, small numbers, codes, links and case ids | none |
| random ten-digit numbers | 9 in 100 as NHS numbers (1 in 11 has a valid check digit), 7 in 100 as phone numbers |
| random clocks in seconds (ten digits) | 9 in 100 |
| random letter and 12 digits | 4 in 100 as unique pupil numbers (1 in 23 has the right letter) |
| random ids of six letters and digits | 8 in 1,000 as postcodes |
| random ids of 32 or 40 hexadecimal digits | 5 to 9 in 1,000 |

So an id that is a long number may be refused by chance: use short ids such as c-01. A name in the middle of a sentence
cannot be told from another word, and is not found. Have somebody read every text before it is published.
"""


def repairs(codes: Iterable[str]) -> list[str]:
    """What to do about each rule that was broken, a line each, in the order given."""
    return [f"{code}: {RULES[code].repair}" for code in dict.fromkeys(codes)]


def rules_page() -> str:
    """The page “If an input is refused”, in MyST: one anchor a rule, `rule-t03`."""
    parts = [f"## {part}\n\n{_entries(rules)}" for part, rules in PARTS.items()]
    return "\n".join([BEGINNING, *parts, ENDING])


def _entries(rules: tuple[Rule, ...]) -> str:
    return "\n".join(map(_entry, rules))


def _entry(rule: Rule) -> str:
    said = "\n".join(f"- {_code(message)}" for message in rule.messages)
    return f"""\
(rule-{rule.code.lower()})=
### {rule.code} {rule.title}

{said}

**Why.** {rule.why}

**Repair.** {rule.repair}

**Example.** {_code(rule.example)}
"""


def _code(text: str) -> str:
    """Text in type, whatever marks are in it; unlike a block it wraps on a narrow screen."""
    return f"`` {text} ``"


def is_said_by(rule: Rule, problem: str) -> bool:
    """Whether a problem is worded as the catalogue says."""
    shapes = [".+".join(map(re.escape, message.split("…"))) for message in rule.messages]
    return any(re.fullmatch(shape, problem) for shape in shapes)
