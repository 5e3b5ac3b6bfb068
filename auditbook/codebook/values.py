"""What may stand in the column `values`: `code=Label` pairs, or the name of a code set or of a scale."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from auditbook.codebook.variables import CATEGORIES, GRADE_CATEGORIES, STANDINS, Code, snake
from auditbook.validation.fields import Refused
from auditbook.validation.problems import Place, Refusals, nearest

CODE_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
LISTED_TYPES = ("category", "multi", "grade")
"""Types whose codes must be listed; a flag's may be."""
FLAG = (Code("yes", "Yes"), Code("no", "No"))


@dataclass(frozen=True)
class CodeLists:
    """The codes that have a name, `@ofsted`: code sets, and scales, of which alone a grade may be."""

    code_sets: Mapping[str, tuple[Code, ...]]
    scales: Mapping[str, tuple[Code, ...]]

    def named(self, name: str, type: str) -> tuple[Code, ...]:
        lists = self.scales if type == "grade" else {**self.scales, **self.code_sets}
        if name not in lists:
            raise Refused("C05", f'"@{name}" is no code set and no scale.', nearest(name, lists))
        return _without_clash(lists[name])


def codes_of(
    type: str, values: str, lists: CodeLists, place: Place, refusals: Refusals, what: str = "variable"
) -> tuple[Code, ...]:
    """The codes that a line's `values` lists, in display order; none for a number, a date or a text.

    Raises Refused (C02, C04, C05) where the list cannot be read; problems of single codes go to `refusals`.
    """
    text = values.strip()
    if text and type not in (*LISTED_TYPES, "flag"):
        raise Refused("C04", f"a {what} of type {type} has no values.")
    if not text and type in LISTED_TYPES:
        raise Refused("C04", f"a {what} of type {type} needs its values.")
    if text.startswith("@"):
        return lists.named(text[1:], type)
    codes: list[Code] = []
    for pair in filter(None, (part.strip() for part in text.split(";"))):
        code, equals, label = (part.strip() for part in pair.partition("="))
        if not equals or not label:
            raise Refused("C04", f'"{pair}" is not a code=Label pair.')
        if code in STANDINS:  # always allowed, in every variable
            continue
        check_code(code, [earlier.code for earlier in codes], place, refusals)
        codes.append(Code(code, label))
    return tuple(codes) if type != "flag" else _flag(codes)


def _flag(codes: list[Code]) -> tuple[Code, ...]:
    """Yes and no, with the labels that are given to them."""
    if {code.code for code in codes} - {"yes", "no"}:
        raise Refused("C04", "a flag has the values yes and no; not_known is always allowed.")
    return tuple({code.code: code for code in (*FLAG, *codes)}.values())


def check_code(code: str, before: list[str] | tuple[str, ...], place: Place, refusals: Refusals) -> None:
    if not CODE_PATTERN.fullmatch(code):
        refusals.add(place, "C02", f'"{code}" is not a code: letters, digits, - and _ only.')
    elif code in (*CATEGORIES, *GRADE_CATEGORIES):
        refusals.add(place, "C02", f'"{code}" has a meaning of its own and cannot be a code.')
    elif code in before:
        refusals.add(place, "V06", f'the code "{code}" stands there twice.')


def _without_clash(codes: tuple[Code, ...]) -> tuple[Code, ...]:
    taken = {*CATEGORIES, *GRADE_CATEGORIES, *(code.code for code in codes)}
    clash = {snake(code.group) for code in codes if code.group} & taken
    if clash:
        raise Refused("C02", f'"{min(clash)}" is the name of a code and of a group.')
    return codes
