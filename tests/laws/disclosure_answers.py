"""What a reader makes of answers and grades of single agencies: sums of them, and who was asked about how many cases.

As independent of `auditbook.release` as the rest of the attack; written from the words of DESIGN sections 4 and 5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditbook.codebook.variables import Variable

if TYPE_CHECKING:
    from laws.disclosure_attacker import Reader

NEVER_ASKED = ("not_known_to_agency", "not_involved", "scoped_not_invited")


def variable_of(reader: Reader, family: str) -> Variable:
    """The variable of a family: of `grade.overall.police` and `answer.seen.police` that of all agencies."""
    root, _, rest = family.partition(".")
    if root == "answer":
        return reader.codebook.questions[rest.partition(".")[0]].variable
    return reader.codebook.variables[rest.partition(".")[0] if root == "grade" else family]


def is_of_agencies(reader: Reader, family: str) -> bool:
    """Whether it counts what agencies answered for themselves: that is of no people."""
    root, _, rest = family.partition(".")
    return root == "answer" and reader.codebook.questions[rest.partition(".")[0]].per == "audit"


def read_agencies(reader: Reader) -> None:
    families = dict.fromkeys(name.rpartition(".")[0] for name in reader.figures)
    for family in families:
        root, _, rest = family.partition(".")
        if root in ("answer", "grade") and "." not in rest and not is_of_agencies(reader, family):
            parts = [each for each in families if each.startswith(f"{family}.")]
            own = [each for each in parts if each.rpartition(".")[2] in reader.codebook.agencies]
            _read_sums(reader, family, own)
            _read_sums(reader, family, [each for each in parts if each not in own])
            if root == "answer":
                _read_asked(reader, rest, own)


def _read_sums(reader: Reader, family: str, own: list[str]) -> None:
    for category in reader.family(family) if own else ():
        parts = [f"{each}.{category}" for each in own]
        if category not in ("median", "mean", "min", "max") and all(part in reader.ranges for part in parts):
            reader.add(f"{family}.{category}", parts)
    bases = [f"{each} base" for each in own]
    if own and {f"{family} base", *bases} <= reader.ranges.keys():
        reader.add(f"{family} base", bases)


def _read_asked(reader: Reader, question: str, own: list[str]) -> None:
    asked = f"asked.{question}.cases"
    if asked in reader.figures:
        reader.number(asked)
        reader._is_base_of_cases(reader.figures[asked])
        reader.add("cases.total", [asked], f"not {asked}")
    is_of_lead = reader.codebook.questions[question].asked_of == ("lead",)
    for family in own:
        base, agency = f"{family} base", f"agency.{family.rpartition('.')[2]}"
        states = [f"{agency}.{state}" for state in reader.family(agency) if state not in NEVER_ASKED]
        if base not in reader.ranges:
            continue
        if asked in reader.ranges:
            reader.at_most([base], [asked])
        if states and is_of_lead:
            reader.at_most([base], states)
        elif states:
            both = reader.free(f"{base} asked", is_people=False)
            reader.add(both, states)
            reader.add(both, [base], f"{base} does not apply")
