"""Book projects for tests: this repository's own book in a folder that passes, and a small one made up on the spot."""

import csv
import hashlib
import re
import shutil
from pathlib import Path

import yaml

from auditbook.build.book import BookResult, build_book
from auditbook.engine.atomic import write_atomically
from auditbook.project import Project

ROOT = Path(__file__).parents[1]
CODEBOOK = {
    "variables.csv": "variable,label,unit,type\nsex,Sex,person,flag\n",
    "themes.csv": "theme,label,domain\nvoice,Voice of the child,Child\n",
    "agencies.csv": "agency,name,sector\npolice,Police,Police\n",
    "scales.csv": "scale,grade,label,order\nmet,yes_met,Met,1\n",
}
HOSTILE = (
    "<script>alert(1)</script> {include}`x` [a](javascript:alert(1)) {{ x }} **b** $y$ &amp; <img src=x onerror=a()>"
)
HOSTILE_ID = "2020-21-Q3-hostile"


def a_copy(folder: Path) -> Project:
    """This repository's book, data and templates, as they are, in another folder."""
    ignored = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")
    for name in ("book", "data", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "_config.yml", folder)
    return Project(folder, folder / "data")


def a_small_project(folder: Path) -> Project:
    """A project without audits: the written pages it cannot do without, and a codebook of one line a file."""
    (folder / "notebooks").mkdir()
    shutil.copytree(ROOT / "book" / "_static", folder / "book" / "_static")
    shutil.copytree(ROOT / "book" / "about", folder / "book" / "about")
    shutil.copy(ROOT / "book" / "index.md", folder / "book")
    shutil.copy(ROOT / "_config.yml", folder)
    for name, text in CODEBOOK.items():
        write_atomically(folder / "data" / "codebook" / name, text)
    for name, title in (("code-sets", "Code sets and where they come from"), ("how-we-count", "How we count")):
        write_atomically(folder / "book" / "method" / f"{name}.md", f"# {title}\n")
    return Project(folder, folder / "data")


def without_long_pages(project: Project) -> None:
    """Take out the guides, and leave of the two longest written pages the headings, to which other pages link.

    A third of the work of a first build, and nothing of what is made of audits.
    """
    shutil.rmtree(project.root / "book" / "guide")
    for name in ("how-we-count", "refusals"):
        page = project.root / "book" / "method" / f"{name}.md"
        headings = re.findall(r"^(?:#+ .*|\(.+\)=)$", page.read_text("utf-8"), re.MULTILINE)
        page.write_text("\n\n".join([*headings, ""]), "utf-8")


def a_hostile_audit(project: Project) -> None:
    """The real quarter again, but every text in it that reaches a page looks like markup."""
    folder = project.audits / HOSTILE_ID
    shutil.copytree(project.audits / "2020-21-Q4", folder)
    settings = yaml.safe_load((folder / "audit.yml").read_text("utf-8"))
    settings |= {"title": HOSTILE, "remit": HOSTILE, "partnerships": [HOSTILE], "deviations": [HOSTILE]}
    settings["published"] = {"url": "javascript:alert(1)", "citation": HOSTILE}
    settings["release"]["reason"] = HOSTILE
    for channel in settings["channels"]:
        channel["note"] = HOSTILE
    (folder / "audit.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
    _everywhere(folder / "recommendations.csv", "text", HOSTILE)
    _everywhere(folder / "findings.csv", "text", HOSTILE)


def _everywhere(path: Path, column: str, text: str) -> None:
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, column: text} for row in rows)


def build(project: Project) -> BookResult:
    """Do what is stale of everything, every page of it well."""
    built = build_book(project)
    assert built.run.problems == []
    return built


def the_site(project: Project) -> dict[str, str]:
    """File of the published site → hash of its bytes."""
    site = project.root / "_build" / "html"
    files = [path for path in sorted(site.rglob("*")) if path.is_file()]
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
