"""Every example of the guide and of the reference of released tables runs as it stands, and gives what may be shown."""

import ast
import re
from pathlib import Path

import pytest

from auditbook.reading.display import Chart, Note, Stack, Table

ROOT = Path(__file__).parents[1]
PAGES = ("book/guide/analysing.md", "book/method/released-tables.md")
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("guide", PAGES)
@pytest.mark.parametrize("profile", ["internal", "strict"])
def test_every_example_runs_as_it_stands(guide, profile):
    names = {"quarter": "2021-22-Q1", "profile": profile, "data": "data", "collection": "synthetic"}
    shown = []
    for block in BLOCK.findall((ROOT / guide).read_text("utf-8")):
        *before, last = ast.parse(block).body
        exec(compile(ast.Module(before, []), guide, "exec"), names)
        if isinstance(last, ast.Expr):
            shown.append(eval(compile(ast.Expression(last.value), guide, "eval"), names))
        else:
            exec(compile(ast.Module([last], []), guide, "exec"), names)
    displays = [each for each in shown if isinstance(each, Chart | Note | Table | Stack)]
    assert len(displays) >= 4
    assert all(each._repr_html_() and repr(each) for each in displays)
