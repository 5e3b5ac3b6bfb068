"""Ids of cases and persons in a briefing: they stay inside, whatever its audit lets out."""

import re
from pathlib import Path

from auditbook.evidence.links import ids_written
from auditbook.leaks.ids import IdSearch, is_telling
from auditbook.leaks.passages import WORDS
from auditbook.validation.problems import Place, Refusals

LIKE_AN_ID = re.compile(r"[a-z]+(?:[-_][a-z0-9]+)*[-_]\d+")


def refuse_ids(text: str, folder: Path, name: str, refusals: Refusals) -> None:
    """Refuse each line of a briefing that holds an id of a case or a person of its audit (B11), however it is released.

    folder  of the audit; its tables are not counted for this, only read

    Sought are ids of letters and digits with a hyphen, `n-01`, and those that nothing else is called, `KW0403`; what
    else is called `C1` is found in the finished site.
    """
    files = {"person": "people.csv", "case": "cases.csv"}
    ids = {
        identifier.casefold(): kind
        for kind, file in files.items()
        for identifier in ids_written(folder / file, kind) or ()
    }
    ids = {
        identifier: kind
        for identifier, kind in ids.items()
        if is_telling(identifier) or LIKE_AN_ID.fullmatch(identifier)
    }
    search = IdSearch(ids, [identifier for identifier in ids if is_telling(identifier)])
    for number, line in enumerate(text.splitlines(), 1):
        for kind in sorted({ids[identifier] for identifier in search.ids_in(line, WORDS)}):
            problem = f"this holds the id of a {kind} (not shown), which stays inside; say it without."
            refusals.add(Place(name, number), "B11", problem)
