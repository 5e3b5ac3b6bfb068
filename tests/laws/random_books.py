"""Random books without a leak: the starter codebook with labels, ids and numbers at random.

What is written is what a build would search, but for Jupyter Book's own frame around it: every template's outputs in
this process, generated pages, the files to take away, an index of all words, and what the theme ships.
"""

import ast
import contextlib
import csv
import json
import os
import random
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

from auditbook.build.shown import ShownAudit, read_and_release
from auditbook.demo.new_project import make_project
from auditbook.downloads.csvw import csv_bytes
from auditbook.downloads.tables import open_tables
from auditbook.downloads.write import forms_of, handout_of, tables_of
from auditbook.engine.store import Store
from auditbook.evidence.audit import read_project_codebook
from auditbook.leaks.index import stems
from auditbook.leaks.normalise import plain_words
from auditbook.leaks.scan import Scan, scan, secrets_of_project
from auditbook.pages.about_audit import about_text
from auditbook.pages.actions_export import write_registers
from auditbook.pages.codebook_pages import codebook_files
from auditbook.pages.listings import followed_themes, listing_files
from auditbook.project import Project
from auditbook.reading.notebook import Preloaded, preload_released
from auditbook.release.released import Released
from auditbook.validation.problems import Refusals

AUDIT = "2025-26-Q1"
ID_SHAPES = (
    "C{n}",
    "A{n}",
    "n-{n:02}",
    "KW-{n:04}",
    "P{n}",
    "case_{n}",
    "{n:03}",
    "B{n}",
    "Q{n}",
    "X{n:02}",
    "S47-{n}",
    "ab{n}c",
    "H{n}",
)
LABELS = (
    "Graded Care Profile 2 completed",
    "Tier 4 bed asked for",
    "Section 47 enquiry",
    "Two or more moves",
    "Return interview in 3 days",
    "One lead professional",
    "Level 2 review",
    "Seen within 5 days",
    "Child asked twice",
    "First 4 weeks recorded",
)
WORDS = (
    "The plan was shared late.",
    "The child's voice was heard in each visit.",
    "Agencies met within 2 days.",
    "Fathers were not asked.",
    "Records of 3 agencies were up to date.",
    "The chronology was read before the meeting.",
    "School and police worked as one team.",
)


def write_book(folder: Path, seed: int) -> Project:
    """A project with one audit, everything in it at random. Nothing in its briefing or settings tells a count."""
    draw = random.Random(seed)
    project = make_project(folder)
    _write_codebook(project, draw)
    variables = [row for row in _read(project.data / "codebook" / "variables.csv") if row["type"] != "date"]
    audit = project.audits / AUDIT
    audit.mkdir()
    settings = {"title": draw.choice(["Neglect", "Audit 3 of the year", "Children aged 5 or under", "Tier 4"])}
    settings |= {
        "remit": "What agencies knew.",
        "collection": "live",
        "involvement": draw.choice(["complete", "partial"]),
    }
    if draw.random() < 0.2:
        day = {"approver": "The chair", "date": "2025-07-01", "reason": "The partnership decided so."}
        settings["release"] = {"profile": "recorded", **day}
    (audit / "audit.yml").write_text(yaml.safe_dump(settings))
    boxes = (f"## {box} Box {box}\n\nIt said {{count}}`cases.total`.\n\n" for box in range(1, 8))
    (audit / "briefing.md").write_text("".join(boxes))
    _write_audit(project, audit, variables, draw)
    return project


def _write_codebook(project: Project, draw: random.Random) -> None:
    path = project.data / "codebook" / "variables.csv"
    rows = _read(path)
    for place, label in enumerate(draw.sample(LABELS, 4)):
        kind = draw.choice(["flag", "count", "category"])
        values = "a=Level 1;b=Level 2;c=3 or more" if kind == "category" else ""
        unit = draw.choice(["case", "person"])
        rows.append({"variable": f"own_{place}", "label": label, "unit": unit, "type": kind, "values": values})
    _write(path, rows)


def _write_audit(project: Project, audit: Path, variables: list[dict], draw: random.Random) -> None:
    size, shape = draw.randint(4, 16), draw.choice(ID_SHAPES)
    ids = [shape.format(n=n) for n in range(1, size + 1)]
    agencies = [row["agency"] for row in _read(project.data / "codebook" / "agencies.csv") if not row["valid_to"]]
    themes = [row["theme"] for row in _read(project.data / "codebook" / "themes.csv") if not row["successor"]]
    scales = _read(project.data / "codebook" / "scales.csv")
    chosen = draw.sample(variables, min(len(variables), 8)) + [row for row in variables if "own_" in row["variable"]]
    chosen = {row["variable"]: row for row in chosen if ".." not in (row["values"] or "") and row["type"] != "grade"}
    codes = {
        path.stem: [row["code"] for row in _read(path)]
        for path in (project.data / "codebook" / "code_sets").glob("*.csv")
    }

    def cells(unit: str) -> dict[str, str]:
        own = (row for row in chosen.values() if row["unit"] == unit)
        return {row["variable"]: _value(row, codes, draw) for row in own}

    _write(audit / "cases.csv", [{"case": each, "scope": "in", "scope_reason": "", **cells("case")} for each in ids])
    people = [(each, f"{each}{end}") for each in ids for end in ("-p", "-q")[: draw.choice([1, 1, 2])]]
    roles = ("index_child", "sibling")
    _write(
        audit / "people.csv",
        [{"case": c, "person": p, "role": draw.choice(roles), **cells("person")} for c, p in people],
    )
    asked = draw.sample(agencies, min(6, len(agencies)))
    states = ("returned", "declined", "no_response", "not_involved", "took_part", "returned_late")
    rows = [
        {"agency": a, "case": c, "state": draw.choice(states), "forum": "", "reason": ""} for a in asked for c in ids
    ]
    _write(audit / "involvement.csv", rows)
    findings = [
        {
            "finding": f"f{n}",
            "case": draw.choice([*ids, ""]),
            "agency": draw.choice([*asked, ""]),
            "polarity": draw.choice(["strength", "development"]),
            "themes": ";".join(draw.sample(themes, draw.choice([1, 1, 2]))),
            "box": str(draw.randint(3, 4)),
            "text": draw.choice(WORDS),
        }
        for n in range(draw.randint(0, 30))
    ]
    _write(audit / "findings.csv", findings)
    graded = [row["variable"] for row in variables if row["type"] == "grade"][:2]
    by_variable = {row["variable"]: row["values"].removeprefix("@") for row in variables if row["type"] == "grade"}
    of_scale = {name: [row["grade"] for row in scales if row["scale"] == name] for name in by_variable.values()}
    grades = [
        {"case": c, "agency": "", "standard": s, "grade": draw.choice(of_scale[by_variable[s]])}
        for s in graded
        for c in ids
    ]
    _write(audit / "grades.csv", grades or None)
    recommendations = [
        {
            "recommendation": str(n),
            "text": draw.choice(["Meet within 2 weeks of a referral.", "Ask fathers.", "Share 1 chronology."]),
            "owner": draw.choice(asked),
            "due": draw.choice(["", "2025-12-31"]),
            "status": draw.choice(["not_started", "done", "in_progress"]),
            "status_date": "2025-09-30",
        }
        for n in range(1, draw.randint(2, 7))
    ]
    _write(audit / "recommendations.csv", recommendations)


def _value(variable: dict, codes: dict[str, list[str]], draw: random.Random) -> str:
    if draw.random() < 0.05:
        return draw.choice(["", "not_known"])
    kind, values = variable["type"], variable["values"] or ""
    if kind in ("category", "multi"):
        name = values.removeprefix("@")
        known = codes[name] if values[0] == "@" else [each.partition("=")[0] for each in values.split(";")]
        known = known[: draw.choice([2, 3, 8])]
        return ";".join(draw.sample(known, min(len(known), 2))) if kind == "multi" else draw.choice(known)
    if kind in ("months", "count", "age"):
        return str(draw.choice([0, 1, 1, 2, 2, 3, 4, 5, 6, 9, 12, 17]))
    return draw.choice(["yes", "no", "no"])


def _read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.open(encoding="utf-8-sig")))


def _write(path: Path, rows: list[dict] | None) -> None:
    if rows:
        columns = dict.fromkeys(column for row in rows for column in row)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(columns), lineterminator="\n", restval="")
            writer.writeheader()
            writer.writerows(rows)


def searched(project: Project, has_documents: bool = True) -> Scan:
    """Release, write and search a book.

    has_documents  whether PDF, Word, slides and the workbook are among it: to make them takes as long as all the rest
    """
    shown = read_and_release(project, Store(project.root / "_build"), None)
    released = shown.released
    site = project.root / "_build" / "html"
    for each in shown.audits:
        for name, text in each.files.items():
            _put(site, f"book/audits/{each.released.audit_id}/{name}", text)
        for name, content in _downloads(project, each, has_documents):
            target = site / "book" / "audits" / str(each.released.audit_id) / "downloads" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        for name, text in _pages(project, released, each.released):
            _put(site, name, text)
    codebook = codebook_files(project, read_project_codebook(project, Refusals()), followed_themes(released))
    about = {f"book/audits/{figures.audit_id}/about.md": about_text(figures) for figures in released}
    for name, text in {**listing_files(released), **codebook, **about}.items():
        _put(site, name, text)
    write_registers(project.root, released)
    for path in (project.root / "_build" / "registers").glob("*"):
        shutil.copy(path, site / "book" / path.name)
    _put(site, "searchindex.js", _index(site))
    for folder in shipped_folders() if has_documents else ():
        shutil.copytree(folder, site / "_static", dirs_exist_ok=True, ignore=shutil.ignore_patterns("*_t", "*.jinja"))
    return scan(site, secrets_of_project(project, released))


def _downloads(project: Project, each: ShownAudit, has_documents: bool) -> Iterator[tuple[str, bytes]]:
    if has_documents:
        handout = handout_of(project, each.released, each.briefing)
        for download, content in {**forms_of(handout), **tables_of(handout)}.items():
            yield download.name, content
    for table in () if has_documents else open_tables(each.released):
        yield f"{table.name}.csv", csv_bytes(table)


def _put(site: Path, name: str, text: str) -> None:
    if name.endswith(".md"):
        text = re.sub(r"^(`{3,})\{raw\} html\n(.*?)^\1$", r"\2", text, flags=re.DOTALL | re.MULTILINE)
        name, text = (
            name.removesuffix(".md") + ".html",
            _page(_rendered(text)),
        )
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@cache
def _rendered(text: str) -> str:
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(text)


def _page(body: str) -> str:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>Page</title></head><body>{body}</body></html>'


@contextlib.contextmanager
def _preloaded(released: Sequence[Released]) -> Iterator[None]:
    preload_released(Preloaded(released))
    try:
        yield
    finally:
        preload_released(Preloaded())


def _pages(project: Project, every: Sequence[Released], released: Released) -> Iterator[tuple[str, str]]:
    with contextlib.chdir(project.root), _preloaded(every):
        for path in sorted((project.root / "notebooks").glob("*.ipynb")):
            cells = json.loads(path.read_text("utf-8"))["cells"]
            if any("quarter" in "".join(cell["source"]) for cell in cells):
                yield f"book/audits/{AUDIT}/{path.stem}.html", _page("\n".join(_shown(cells, released.profile.name)))


def _shown(cells: list[dict], profile: str) -> Iterator[str]:
    """What readers see of a template: its prose, and the output of each cell's last line."""
    names: dict = {}
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield _rendered(source)
            continue
        code = ast.parse(source)
        last = code.body.pop() if code.body and isinstance(code.body[-1], ast.Expr) else None
        exec(compile(code, "cell", "exec"), names)
        if "parameters" in cell["metadata"].get("tags", ()):
            names |= {"quarter": AUDIT, "profile": profile}
        if last is not None:
            shown = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
            yield shown._repr_html_() if hasattr(shown, "_repr_html_") else ""


def _index(site: Path) -> str:
    pages = sorted(site.rglob("*.html"))
    terms = defaultdict(list)
    for number, path in enumerate(pages):
        for stem in stems(plain_words(re.sub(r"<[^>]*>", " ", path.read_text("utf-8")))):
            terms[stem].append(number)
    names = [path.relative_to(site).with_suffix("").as_posix() for path in pages]
    return f"Search.setIndex({json.dumps({'docnames': names, 'terms': terms, 'titleterms': {}})})"


@cache
def shipped_folders() -> tuple[Path, ...]:
    """Where Sphinx and the theme keep the files that every book of theirs holds."""
    found = []
    for package in (
        "sphinx.themes",
        "pydata_sphinx_theme",
        "sphinx_book_theme",
        "sphinx_copybutton",
        "sphinx_togglebutton",
    ):
        spec = find_spec(package)
        if spec and spec.submodule_search_locations:
            found += [
                path for root in spec.submodule_search_locations for path in Path(root).rglob("static") if path.is_dir()
            ]
    return tuple(sorted(found))


def numbers_of_tries(default: int) -> range:
    """Seeds; `AUDITBOOK_BOOKS=500` tries so many, `AUDITBOOK_BOOKS=500:700` these."""
    first, _, last = os.environ.get("AUDITBOOK_BOOKS", str(default)).partition(":")
    return range(int(first), int(last)) if last else range(int(first))
