"""A partnership's year, from `init` to the fourth edition, by the commands alone; every figure counted a second time.

The second count is of what was written down before anything was entered: lists of pairs, and `Counter`.
"""

import csv
import json
import os
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from book_project import change
from demo.test_upgrade import began_with
from editions_made import write_briefing
from openpyxl import load_workbook
from returns.workbooks import fill_in
from typer.testing import CliRunner

from auditbook.cli import app
from auditbook.evidence.audit import read_project_codebook
from auditbook.project import Project
from auditbook.validation.problems import Refusals

Q1, Q2, Q3, Q4 = (f"2025-26-Q{quarter}" for quarter in range(1, 5))
APPROVED = "profile: recorded\n  approver: The scrutineer\n  date: 2026-01-05\n  reason: All of it is invented.\n"
STANDARD = "overall"
KEPT_TEMPLATES = ("theme_frequencies", "recommendations")
"""Two pages an audit are enough to see figures arrive; all of them are built elsewhere."""


class Partnership:
    """A project, and what is said and done in it."""

    def __init__(self, folder: Path):
        self.root = folder
        self.say("init", str(folder), "--partnership", "Oldtown", "--collection", "live", "--git", at=None)
        for template in (folder / "notebooks").glob("*.ipynb"):
            if template.stem not in KEPT_TEMPLATES:
                template.unlink()
        self.project = Project.find(folder)

    def say(self, *words: str, at: Path | None = Path(), code: int = 0) -> str:
        done = CliRunner().invoke(app, [*(("--project", str(self.root)) if at is not None else ()), *words])
        ended = getattr(done.exception, "exit_code", None) if done.exception else 0
        assert (done.exit_code if ended is None else ended) == code, f"{words}: {done.output} {done.exception}"
        return done.output + str(done.exception or "")

    def figures(self, audit: str) -> dict[str, float | None]:
        printed = json.loads(self.say("measures", audit, "--format", "json"))
        return {measure["id"]: measure["value"] for measure in printed["measures"]}

    def begin(self, audit: str, sexes: list[str], *options: str) -> None:
        """An audit of as many children, each a case of its own, with its figures approved."""
        self.say("new", audit, "--title", "Neglect", "--remit", "Was it seen early?", *options)
        folder = self.project.audits / audit
        rows = "".join(f"K-{number:02},in,,{sex}\n" for number, sex in enumerate(sexes, 1))
        (folder / "cases.csv").write_text(f"case,scope,scope_reason,sex\n{rows}")
        settings = (folder / "audit.yml").read_text("utf-8")
        (folder / "audit.yml").write_text(settings[: settings.index("profile: strict")] + APPROVED, "utf-8")
        write_briefing(self.project, audit)

    def come_back(self, audit: str, agency: str, findings: list[tuple[str, str, str]]) -> None:
        """An agency's workbook, filled in for every case and with these findings: case, theme, polarity."""
        self.say("tool", audit, "--agency", agency, "--standard", STANDARD)
        [path] = (self.root / "_build/tools" / audit).glob(f"*{agency}*.xlsx")
        book = load_workbook(path)
        cases = [row["case"] for row in rows_of(self.project.audits / audit / "cases.csv")]
        did = [{"case": case, "state": "returned"} for case in cases]
        graded = [{"case": case, "standard": STANDARD, "grade": "good"} for case in cases]
        told = [
            {"finding": f"x-{row:02}", "case": case, "themes": theme, "polarity": polarity, "text": "Seen in the file."}
            for row, (case, theme, polarity) in enumerate(findings, 1)
        ]
        fill_in(book, read_project_codebook(self.project, Refusals()), date(2025, 6, 20), did, told, graded)
        returns = self.project.audits / audit / "returns"
        returns.mkdir(exist_ok=True)
        book.save(returns / f"{agency}.xlsx")

    def publish(self, number: int, *options: str) -> dict:
        """The record of the edition that this makes."""
        assert f"edition {number}" in self.say("publish", "--by", "The analyst", *options).casefold()
        record = json.loads((self.project.data / f"editions/{number:04}.json").read_text("utf-8"))
        assert "Draft" not in self.page("book/index.html")
        return record

    def page(self, name: str) -> str:
        return (self.root / "_build/html" / name).read_text("utf-8")


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))


def counted(sexes: list[str], findings: list[tuple[str, str, str]]) -> dict[str, float]:
    """The second count: of children, and of findings by polarity and theme."""
    themes, polarities, sex = (
        Counter(theme for _, theme, _ in findings),
        Counter(polarity for *_, polarity in findings),
        Counter(sexes),
    )
    in_cases = Counter(theme for _, theme in {(case, theme) for case, theme, _ in findings})
    return {
        "cases.total": len(sexes),
        "sex.F": sex["F"],
        "sex.M": sex["M"],
        "findings.total": len(findings),
        "findings.strength": polarities["strength"],
        "findings.development": polarities["development"],
        **{f"theme.{theme}.findings": number for theme, number in themes.items()},
        **{f"theme.{theme}.cases": number for theme, number in in_cases.items()},
    }


def differing(figures: dict, expected: dict) -> dict:
    return {id: (figures.get(id), number) for id, number in expected.items() if figures.get(id) != number}


FIRST_FINDINGS = [
    ("K-01", "voice_of_child", "development"),
    ("K-02", "voice_of_child", "development"),
    ("K-02", "voice_of_child", "strength"),
    ("K-05", "information_sharing", "strength"),
]
OF_POLICE = [("K-03", "information_sharing", "development"), ("K-04", "voice_of_child", "development")]
SECOND_FINDINGS = [("K-01", "what_the_child_says", "strength"), ("K-07", "what_the_child_says", "development")]


@pytest.fixture(scope="module")
def partnership(tmp_path_factory) -> Partnership:
    return Partnership(tmp_path_factory.mktemp("year") / "Our audits [Ünter 2026]")


def test_a_partnership_lives_four_quarters(partnership, monkeypatch):
    first_quarter(partnership)
    correction(partnership)
    second_quarter(partnership, monkeypatch)
    third_quarter(partnership)
    fourth_quarter(partnership)


def first_quarter(here: Partnership) -> None:
    """Two agencies return; the audit is published."""
    sexes = ["F"] * 5 + ["M"] * 3
    here.begin(Q1, sexes, "--agency", "childrens_social_care", "--agency", "police")
    here.come_back(Q1, "childrens_social_care", FIRST_FINDINGS)
    assert "Police" in here.say("chase", Q1)
    here.come_back(Q1, "police", OF_POLICE)
    here.say("import", Q1)
    (here.project.audits / Q1 / "recommendations.csv").write_text(
        "recommendation,text,owner,themes,due,status,status_date\n"
        "1,Hear each child alone.,childrens_social_care,voice_of_child,2025-09-30,in_progress,2025-06-30\n"
        "2,Share what is known.,police,information_sharing,,not_started,2025-06-30\n"
    )
    expected = counted(sexes, FIRST_FINDINGS + OF_POLICE) | {"involvement.returned": 2, "recommendations.open": 2}
    assert differing(here.figures(Q1), expected) == {}
    record = here.publish(1)
    assert Q1 in json.dumps(record["audits"]) and "edition 1" in here.page("book/editions.html").casefold()


def correction(here: Partnership) -> None:
    """A child was entered with the wrong sex: the next edition says from what to what."""
    change(here.project.audits / Q1 / "cases.csv", "K-05,in,,F", "K-05,in,,M")
    assert differing(here.figures(Q1), {"sex.F": 4, "sex.M": 4}) == {}
    here.publish(2, "--note", "One answer was corrected.")
    told = re.sub(r"<[^>]*>", " ", here.page("book/editions.html"))
    assert re.search(r"Female\D+5\D[^.]*?4\b", told), told[:3000]


def second_quarter(here: Partnership, monkeypatch) -> None:
    """A theme is renamed, an agency has a successor, and the analyst leaves in the middle of an import."""
    themes, agencies = (here.project.data / "codebook" / name for name in ("themes.csv", "agencies.csv"))
    header, *lines = themes.read_text("utf-8").splitlines()
    columns = header.split(",")
    rows = rows_of(themes)
    [old] = [row for row in rows if row["theme"] == "voice_of_child"]
    new = old | {"theme": "what_the_child_says", "label": "What the child says", "since": Q2}
    old["successor"] = new["theme"]
    with themes.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows([*rows, new])
    change(agencies, "police,Police,Police,,,", "police,Police,Police,,2025-06-30,mp")
    agencies.write_text(agencies.read_text("utf-8") + "mp,Midlands Police,Police,2025-07-01,,,\n", "utf-8")
    sexes = ["F", "M"] * 4
    here.begin(Q2, sexes, "--agency", "childrens_social_care", "--agency", "mp", "--follow-up")
    here.come_back(Q2, "childrens_social_care", SECOND_FINDINGS)
    with monkeypatch.context() as leaving:
        real, written = os.replace, []

        def leave(part, path):
            if written:
                raise KeyboardInterrupt
            written.append(path)
            real(part, path)

        leaving.setattr(os, "replace", leave)
        here.say("import", Q2, code=130)
    here.say("import", Q2)
    assert differing(here.figures(Q2), counted(sexes, SECOND_FINDINGS) | {"involvement.no_response": 1}) == {}
    followed = here.project.audits / Q2 / "recommendations.csv"
    rows = rows_of(followed)
    assert [row["follows"] for row in rows] == [f"{Q1}/1", f"{Q1}/2"]
    columns = list(rows[0])
    with followed.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows([rows[0] | {"status": "done", "status_date": "2025-09-30"}, rows[1] | {"status": "planned"}])
    assert differing(here.figures(Q1), {"recommendations.done": 1, "recommendations.open": 1}) == {}
    here.publish(3)
    assert "What the child says" in here.page("book/themes/live/what_the_child_says.html")


def third_quarter(here: Partnership) -> None:
    """The first audit is taken out of the book; the second stays as it was."""
    before = here.figures(Q2)
    record = here.publish(4, "--withdraw", Q1, "--note", "A family asked for it.")
    assert Q1 not in record["audits"]
    left = re.search("<article.*?</article>", here.page(f"book/audits/{Q1}/briefing.html"), re.DOTALL)[0]
    assert "A family asked for it." in left and "Hear each child alone" not in left and "Female" not in left
    assert not (here.root / "_build/html/book/audits" / Q1 / "recommendations.html").exists()
    assert "A family asked for it." in here.page("book/editions.html")
    assert here.figures(Q2) == before


def fourth_quarter(here: Partnership) -> None:
    """A new version comes: its guide is taken, a template of our own stays, and every page is verified."""
    template = here.root / "notebooks" / "recommendations.ipynb"
    ours = template.read_text("utf-8").replace("# ", "# Ours: ", 1)
    began_with(here.project, **{"book/guide/returns.md": b"# Old\n"})
    template.write_text(ours, "utf-8")
    here.say("upgrade", "--take")
    assert (here.root / "book/guide/returns.md").read_bytes() != b"# Old\n" and template.read_text("utf-8") == ours
    sexes = ["M"] * 6
    here.begin(Q4, sexes)
    assert differing(here.figures(Q4), {"cases.total": 6, "sex.M": 6, "sex.F": 0}) == {}
    here.publish(5)
    assert "every output is as published" in here.say("verify")
    editions = sorted((here.project.data / "editions").glob("*.json"))
    assert len(editions) == 5
