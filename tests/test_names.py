"""One name, one thing: a constant of one name says the same wherever in the package it is defined."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "auditbook"
CONSTANT = re.compile(r"[A-Z][A-Z0-9_]+")
LOCAL = frozenset(
    """
    ABOUT ADDRESS ADVICE ANSWERED ASKED ATOM BETWEEN BOOK BOXES BRIEFING CASES CODE CODEBOOK COLLECTIONS COLUMNS
    CONTENTS COUNTED DASHES DAY DEEPEST DIRECTIONS EDGE EDITIONS EXPECTED FEW FILE FILES FINDINGS FIRST
    FIRST_DAY FOLDER FOLDERS FOLLOWED FONT FONTS FORMATS FORMS FORMULA FORUM FROM_ROWS GAP GROUPS HALF HEAD
    HEADER HEADINGS IMAGE INK INTERNAL INVISIBLE KEY KIND KINDS LABELS LARGEST LARGEST_FILE LAST LATE LEFT_OUT
    LETTER LETTERS LINE LONGEST LOOKS MARKS MODERATION MONTHS MOST MOST_COLUMNS MOST_PARTS MOST_ROWS NAMED NAMES
    NARROW NEAR NOTE NOTES NOTHING NOT_APPLICABLE NOT_ASKED NO_ANSWERS NUMBER NUMBERS NUMBER_WORDS OFFERED
    OUTPUTS OWN PAGES PART PARTS PEOPLE PICTURES PLACES PLAIN POLARITIES POOLED PROBLEMS PROFILES PROGRAM
    PROGRESS PROTECTION QUESTIONS QUOTED RADIUS READ REGISTERS REPLIES REQUIRED RETURNED ROLES ROW RULES SAID
    SEPARATORS SETTINGS SHARES SHORTEST SHOWN SIDES SIGNS SILENT SIZE SMALL SOURCE SPOKEN STANDARD STATUSES
    STYLES SYNTHETIC TABLES TALLEST TEXTS THEME THEMES THEME_COLUMNS THICK TIME_LIMIT TOKEN TYPES UNFINISHED
    UNGRADED UNITS UNSEEN VALUES VARIABLE WAITING WHOLE WIDE WIDEST WIDTH WIDTHS WITHHELD WORD WORDS WRITTEN
    YEAR YES_NO
    """.split()
)
"""Words of layout, of limits and of one file format, which several modules use of their own; none of them is read from
elsewhere under the same name. The list gets shorter, never longer."""
ONE_THING = ("plain", "legible", "literal")
"""Functions of which each must be the only one of its name."""


def defined(module: Path) -> Iterator[str]:
    """The constants that a module defines itself."""
    for node in ast.parse(module.read_text("utf-8")).body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            yield from (name.id for name in names if isinstance(name, ast.Name) and CONSTANT.fullmatch(name.id))


def constants() -> dict[str, list[object]]:
    """Name → what each module that defines it says."""
    said: dict[str, list[object]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        module = importlib.import_module(
            ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        )
        for name in dict.fromkeys(defined(path)):
            said.setdefault(name, []).append(getattr(module, name))
    return said


def contradicted() -> set[str]:
    return {name for name, values in constants().items() if any(value != values[0] for value in values)}


def test_a_constant_says_the_same_in_every_module_that_defines_it():
    assert sorted(contradicted() - LOCAL) == []


def test_no_word_of_the_field_is_only_a_local_word():
    assert LOCAL & {"BOUNDS", "SUMMABLE", "STATISTICS", "UNKNOWN", "HALF_A_POINT", "EXACT"} == set()


@pytest.mark.parametrize("name", ONE_THING)
def test_a_function_of_this_name_is_the_only_one(name):
    found = [
        path for path in PACKAGE.rglob("*.py") if re.search(rf"^def {name}\(", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert len(found) == 1
