"""What gives itself away by its shape: a path of a machine, a day."""

import re
from collections.abc import Iterable, Iterator

from auditbook.leaks.normalise import legible

FOLDERS = ("home", "root", "Users", "tmp", "mnt", "media", "workspace", "private/var", "var/folders")
MACHINE = re.compile(
    rf"(?<![\w.\-/])/(?:{'|'.join(FOLDERS)})/+[\w.~-]"
    r"|file:/{1,3}\w"
    r"|(?<![\w/])[A-Za-z]:(?:\\{1,4}|/)(?:Users|Documents and Settings|home|Windows|Program Files|Temp|Projects?)\b"
    r"|(?<![\w:])[A-Za-z]:\\{1,2}\w[\w .-]*\\"
    r"|(?<!\\)\\{2,4}[A-Za-z][\w.-]+\\{1,2}\w",
    re.IGNORECASE,
)
SIGNS = (":/", "file:", *(f"/{folder[:4]}" for folder in FOLDERS), *(f"/{folder[:4].upper()}" for folder in FOLDERS))
"""One of these stands in every path of a machine that has no backslash; looking for them first is much faster."""
DAY = re.compile(
    r"(?<!\d)(?:(?P<iso>\d{4}-\d{2}-\d{2})|(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s./-](?:of\s)?"
    r"(?P<month>\d{1,2}|[a-z]{3,9})[\s.,/-]{1,2}(?P<year>\d{4})"
    r"|(?P<month2>[a-z]{3,9})\s(?P<day2>\d{1,2}),?\s(?P<year2>\d{4}))(?!\d)"
)
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def names_a_machine(text: str, folders: Iterable[str]) -> bool:
    """Whether a text holds a path that only a machine has, or one of these folders of this machine."""
    if "\\" not in text and not any(sign in text for sign in SIGNS):
        return any(folder in text for folder in folders)
    plain = text.replace("\\\\", "/").replace("\\", "/")
    return MACHINE.search(text) is not None or any(folder in plain for folder in folders)


def days_in(text: str) -> Iterator[str]:
    """Every day that a text names, as `2021-02-19`."""
    for match in DAY.finditer(legible(text).casefold()):
        if match["iso"]:
            yield match["iso"]
            continue
        month = match["month"] or match["month2"]
        number = int(month) if month.isdigit() else MONTHS.index(month[:3]) + 1 if month[:3] in MONTHS else 0
        yield f"{match['year'] or match['year2']}-{number:02}-{int(match['day'] or match['day2']):02}"
