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
ONE_THING = ("plain", "printable_message", "escape_myst")
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


def test_a_constant_says_the_same_in_every_module_that_defines_it():
    assert {name: values for name, values in constants().items() if any(value != values[0] for value in values)} == {}


@pytest.mark.parametrize("name", ONE_THING)
def test_a_function_of_this_name_is_the_only_one(name):
    found = [
        path for path in PACKAGE.rglob("*.py") if re.search(rf"^def {name}\(", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert len(found) == 1
