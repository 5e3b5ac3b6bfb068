"""The guide's table of figures that briefings print, and an invented audit whose briefing says all of them."""

import re
import shutil
from pathlib import Path

from auditbook.project import Project

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "book" / "guide" / "a-quarter.md"
ROW = re.compile(r"^\| (?P<form>[^|]+) \| ``(?P<role>\{[a-z]+\}`.*?`) `` \| (?P<words>[^|]+) \|$", re.MULTILINE)
NOW, BEFORE = "2025-26-Q1", "2024-25-Q1"
TOGETHER = ("domestic_abuse_by_father", "poor_parental_mental_health", "substance_or_alcohol_misuse")
CASES = 12
CONTACTS = 'contacts:\n  mash: "Multi-Agency Safeguarding Hub: 01632 960001"\n'
SETTINGS = """\
title: Invented for the guide
partnerships: [Exampleshire Safeguarding Children Partnership]
collection: synthetic
unit: {{singular: case, plural: cases}}
sample: {{method: Invented, drawn: {drawn}}}
release: {{profile: recorded, approver: Nobody, date: 2025-07-01, reason: Invented}}
"""
TALLIES = """\
variable,value,count,base,base_label,precision,percent,statement,source
ethnicity,AIND,2,5,children,exact,,,box 2
ethnicity,WBRI,2,5,children,exact,,,box 2
ethnicity,MWBC,1,5,children,exact,,,box 2
months_open_cin,2,1,4,cases stepped down,exact,,,box 2
months_open_cin,4,2,4,cases stepped down,exact,,,box 2
months_open_cin,11,1,4,cases stepped down,exact,,,box 2
age_years,0-4,9,41,children,exact,,,box 2
age_years,5-10,20,41,children,exact,,,box 2
age_years,11-17,12,41,children,exact,,,box 2
age_years,mean,7.4,41,children,exact,,,box 2
months_on_cp_plan,0-3,2,9,children,exact,,,box 2
months_on_cp_plan,4-12,7,9,children,exact,,,box 2
seen_alone,yes,30,41,children,exact,,,box 3
disability,yes,,,,percent_only,65,65%,box 3
neglect_tool_used,yes,,,,more_than,90,over 90%,box 3
involvement,returned,5,,,at_least,,,box 1
involved_in_plan,yes,3..5,9,parents,between,,,box 3
return_home_interview,yes,,,,qualitative,,in most files,box 4
overall,good_or_better,9,12,cases,exact,,,box 3
"""


def guide_rows() -> list[tuple[str, str, str]]:
    """Form, role and words of each row."""
    text = GUIDE.read_text("utf-8").replace("\\|", "\0")
    return [tuple(part.replace("\0", "|") for part in row) for row in ROW.findall(text)]


def guide_project(folder: Path) -> Project:
    """A project with the shipped codebook and two audits, the newer with a point in its briefing for each row."""
    (folder / "book").mkdir(parents=True)
    (folder / "notebooks").mkdir()
    (folder / "_config.yml").touch()
    (folder / "book" / "brand.yml").write_text(CONTACTS)
    shutil.copytree(ROOT / "data" / "codebook", folder / "data" / "codebook")
    derived = f"three_together,All three together,case,derived,all({'; '.join(TOGETHER)}),child,,"
    with (folder / "data" / "codebook" / "variables.csv").open("a") as variables:
        variables.write(f"{derived}\n")
    points = "\n".join(f"- So {role}" for _, role, _ in guide_rows())
    _audit(
        folder, NOW, CASES, points, {"tallies.csv": TALLIES, "cases.csv": _cases(), "recommendations.csv": _actions()}
    )
    before = TALLIES.splitlines()[0] + "\noverall,good_or_better,6,10,cases,exact,,,box 3\n"
    _audit(folder, BEFORE, 10, "Words.", {"tallies.csv": before})
    return Project.find(folder)


def _audit(folder: Path, audit: str, drawn: int, first_box: str, tables: dict[str, str]) -> None:
    place = folder / "data" / "audits" / audit
    place.mkdir(parents=True)
    boxes = [f"## {number} Title\n\n{first_box if number == 1 else 'Words.'}\n" for number in range(1, 8)]
    written = {"audit.yml": SETTINGS.format(drawn=drawn), "briefing.md": "\n".join(boxes), **tables}
    for name, text in written.items():
        (place / name).write_text(text, "utf-8")


def _cases() -> str:
    """Nine cases have abuse by the father, seven poor mental health, two all three."""
    rows = [["yes" if place < each else "no" for each in (9, 7, 2)] for place in range(CASES)]
    lines = [f"C{place},in,{','.join(row)}" for place, row in enumerate(rows)]
    return "\n".join([f"case,scope,{','.join(TOGETHER)}", *lines]) + "\n"


def _actions() -> str:
    texts = ("Write plans together.", "Ask the child.", "Listen to fathers.", "Share the minutes.")
    return "recommendation,box,text,kind\n" + "".join(f"{n},6,{text},action\n" for n, text in enumerate(texts, 1))
