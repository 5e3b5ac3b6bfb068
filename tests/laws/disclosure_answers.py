"""What a reader makes of answers and grades of single agencies: sums of them, and who was asked about how many cases.

As independent of `auditbook.release` as the rest of the attack; written from the words of DESIGN sections 4 and 5.
"""

from __future__ import annotations

from itertools import permutations, product
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
    _read_asked_alike(reader)


def _read_sums(reader: Reader, family: str, own: list[str]) -> None:
    for category in reader.family(family) if own else ():
        parts = [f"{each}.{category}" for each in own]
        if category not in ("median", "mean", "min", "max") and all(part in reader.ranges for part in parts):
            reader.add(f"{family}.{category}", parts)
    bases = [f"{each} base" for each in own]
    if own and {f"{family} base", *bases} <= reader.ranges.keys():
        reader.add(f"{family} base", bases)


def _read_asked(reader: Reader, question: str, own: list[str]) -> None:
    asked, base = f"asked.{question}.cases", f"answer.{question} base"
    if asked in reader.figures:
        reader.number(asked)
        reader._is_base_of_cases(reader.figures[asked])
        reader.add("cases.total", [asked], f"not {asked}")
    involved, is_of_lead = _involved(reader, question), _is_of_lead(reader, question)
    is_once = {figure["base_label"] for figure in reader.family(f"answer.{question}").values()} == {reader.noun}
    if asked in reader.ranges and involved:
        reader.at_most([asked], involved.values())
        for each in () if is_of_lead else involved.values():
            reader.at_most([each], [asked])
        if is_once and not is_of_lead:
            reader.add(asked, involved.values())
    for family in own:
        if f"{family} base" in reader.ranges:
            reader.at_most([f"{family} base"], [asked] if asked in reader.ranges else ["cases.total"])
            _read_applies(reader, f"{family} base", involved.get(family.rpartition(".")[2]), is_of_lead)
    for part in () if is_of_lead else [f"answer.{question}", *own]:
        agencies = [part.rpartition(".")[2]] if part in own else involved
        silent = [f"agency.{each}.{state}" for each in agencies for state in ("no_response", "declined")]
        if f"{part}.not_answered" in reader.ranges:
            reader.at_most([each for each in silent if each in reader.ranges], [f"{part}.not_answered"])
    if base in reader.ranges and is_once and asked in reader.ranges:
        _read_applies(reader, base, asked, False)
    elif base in reader.ranges and involved:
        every = reader.free(f"{base} of everybody asked", is_people=False)
        reader.add(every, involved.values())
        _read_applies(reader, base, every, is_of_lead)
    if asked in reader.ranges and f"agreement.{question}.same" in reader.figures:
        read_agreement(reader, question, asked, involved)


def _read_asked_alike(reader: Reader) -> None:
    """What more agencies are asked is asked about no fewer cases; of the same agencies, about the same."""
    asked = {
        name: f"asked.{name}.cases" for name in reader.codebook.questions if f"asked.{name}.cases" in reader.ranges
    }
    for one, other in permutations(asked, 2):
        some, others = (set(reader.codebook.questions[name].asked_of) for name in (one, other))
        if some == others or others == {"all"} or ("lead" not in some and some < others):
            reader.at_most([asked[one]], [asked[other]])


def _is_of_lead(reader: Reader, question: str) -> bool:
    return reader.codebook.questions[question].asked_of == ("lead",)


def _involved(reader: Reader, question: str) -> dict[str, str]:
    """Each agency that may be asked → in how many cases it was involved, and invited."""
    asked_of, found = reader.codebook.questions[question].asked_of, {}
    for family in dict.fromkeys(name.rpartition(".")[0] for name in reader.figures):
        root, _, agency = family.partition(".")
        states = [f"{family}.{state}" for state in reader.family(family) if state not in NEVER_ASKED]
        if root == "agency" and states and (asked_of in (("all",), ("lead",)) or agency in asked_of):
            name = f"{family} asked"
            if name not in reader.ranges:
                reader.add(reader.free(name), states)
            found[agency] = name
    return found


def _read_applies(reader: Reader, base: str, asked: str | None, is_of_some: bool) -> None:
    if asked and is_of_some:
        reader.at_most([base], [asked])
    elif asked:
        reader.add(asked, [base], f"{base} does not apply")


def read_agreement(reader: Reader, question: str, asked: str, involved: dict[str, str]) -> None:
    """Everything that agencies may have answered about one case, and in how many cases they did.

    What an agency is not asked about is `-`, what it left open `.`; the rest are its answers.
    """
    start, family = f"agreement.{question}", f"answer.{question}"
    own = {name: reader.figures[f"{start}.{name}"] for name in ("same", "different")}
    base = reader.base(f"{start} base", own.values())
    codes = [code.code for code in variable_of(reader, family).codes] or ["yes", "no"]
    cases = {}
    for given in product(["-", ".", *codes], repeat=len(involved)):
        if set(given) != {"-"}:
            cases[reader.free(f"{start} {'*'.join(given)}", is_people=False)] = given
    reader.add(asked, cases)
    for place, (agency, name) in enumerate(involved.items()):
        reader.add(name, [case for case, given in cases.items() if given[place] != "-"])
        for code in codes:
            if f"{family}.{agency}.{code}" in reader.ranges:
                own_cases = [case for case, given in cases.items() if given[place] == code]
                reader.add(f"{family}.{agency}.{code}", own_cases)
    for code in codes:
        if f"{family}.{code}" in reader.ranges:
            times = {case: given.count(code) for case, given in cases.items() if code in given}
            reader.rows.append(({**times, f"{family}.{code}": -1}, 0, 0))
    kinds: dict[tuple, list[str]] = {}
    for case, given in cases.items():
        answers = [answer for answer in given if answer in codes]
        kinds.setdefault(tuple(sorted(set(answers))) if len(answers) > 1 else (len(answers),), []).append(case)
    for kind, of_kind in kinds.items():
        reader.add(reader.free(f"{start} of {kind}"), of_kind)
    for name in own:
        is_same = name == "same"
        some = [case for kind, of_kind in kinds.items() if _is_compared(kind, is_same) for case in of_kind]
        reader.add(reader.number(f"{start}.{name}", base or ""), some)
    if base:
        reader.add(base, [f"{start}.same", f"{start}.different"])


def _is_compared(kind: tuple, is_same: bool) -> bool:
    return isinstance(kind[0], str) and (len(kind) == 1) == is_same
