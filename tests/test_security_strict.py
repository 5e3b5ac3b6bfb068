"""Every shipped audit released strictly and built whole: a search that knows nothing of the release finds no count
from 1 to 5 of children, families or cases, in tables, prose, alternative texts, pictures, data or files to take away.

It reads the built site with eyes of its own: what counts people is told by words here, not by the program.
"""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pptx
import pypdf
import pytest
from book_project import without_long_pages
from lxml import html
from small_counts import SHARES, counts_of_people, words

from auditbook.project import Project

ROOT = Path(__file__).parents[1]
OF_THINGS = re.compile(
    r"findings|recommendations?|agenc|replies|what came of asking|strengths|development|reflections|\bquestions$",
    re.IGNORECASE,
)
"""Captions and heads of what counts no people; in such a table only the columns `Cases` are people."""
THING_IDS = re.compile(
    r"findings\.|reflections\.|recommendations\.|involvement\.|asked\.\w+\.agencies$"
    r"|theme\.\w+\.(findings|strength|development|agencies)$"
)
MADE_OF_AUDITS = (
    "book/audits/",
    "book/trends/",
    "book/pooled/",
    "book/themes/",
    "book/agencies/",
    "book/recommendations",
    "book/index",
)
NUMBER = re.compile(r"(?<![\w.,/-])[1-5](?![\w%]|[.,/-]\d)")


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """This repository's book and data, built strictly; without long pages that hold no figure of an audit."""
    folder = tmp_path_factory.mktemp("strict")
    for name in ("book", "data", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copy(ROOT / "_config.yml", folder)
    without_long_pages(Project.find(folder))
    command = [sys.executable, "-c", "from auditbook.cli import main; main()", "--project", str(folder)]
    done = subprocess.run([*command, "build", "--profile", "strict"], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def pages(project: Path) -> Iterator[tuple[str, html.HtmlElement]]:
    """The article of each page that is made of audits, and of the page on where the figures of one come from."""
    site = project / "_build" / "html"
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if name.startswith(MADE_OF_AUDITS) or "provenance" in name:
            yield name, html.parse(str(path)).getroot().xpath("//article")[0]


def test_the_book_is_whole(project):
    names = [name for name, _ in pages(project)]
    assert sum(name.endswith("/briefing.html") for name in names) == 5
    assert sum(name.endswith("/case_overview.html") for name in names) == 5


def test_no_table_of_people_holds_a_small_count(project):
    found, tables = [], 0
    for name, article in pages(project):
        for table in article.iter("table"):
            tables += 1
            caption = words(table.find("caption")) if table.find("caption") is not None else ""
            heads = [words(head) for head in table.xpath(".//thead//th")]
            for row in table.xpath(".//tbody/tr"):
                for head, cell in zip(heads, row, strict=True):
                    is_of_people = not OF_THINGS.search(f"{caption} {head}") or head.startswith("Cases")
                    is_rounded = name.startswith("book/pooled/") and words(cell) == "5"  # 6 or 7, rounded to five
                    if cell is not row[0] and is_of_people and not is_rounded and NUMBER.search(words(cell)):
                        found.append((name, caption, head, words(row[0]), words(cell)))
    assert tables > 50
    assert found == []


def told(article: html.HtmlElement) -> Iterator[str]:
    """Every text of an article outside tables: blocks, and whatever is shown or read out beside them."""
    for block in article.iter(
        "p", "li", "h1", "h2", "h3", "figcaption", "desc", "title", "dd", "dt", "caption", "text"
    ):
        yield re.sub(r"^[1-7] ", "", words(block))  # the number of a briefing's box
    for name in ("alt", "title", "aria-label", "aria-description", "data-label", "summary"):
        yield from map(str, article.xpath(f".//@{name}"))


def test_no_sentence_or_alternative_text_counts_a_few_people(project):
    found = [
        (name, sentence)
        for name, article in pages(project)
        for text in told(article)
        for sentence in counts_of_people(text)
    ]
    assert found == []


def test_the_audit_of_five_cases_says_nothing_of_all_or_most_of_them(project):
    """`All`, `most`, `some` and `none` are said only over a base above the threshold."""
    found = [
        (name, sentence)
        for name, article in pages(project)
        if "2020-21-Q4" in name
        for text in told(article)
        for sentence in counts_of_people(text, SHARES)
    ]
    assert found == []


# Pictures: their words line by line, and what could be counted or measured in them.


def pictures(project: Path) -> Iterator[tuple[str, html.HtmlElement]]:
    """Each picture that counts people, with the page and its title."""
    for name, article in pages(project):
        for picture in article.iter("svg"):
            title = words(picture.find("title"))
            if not OF_THINGS.search(title):
                yield f"{name}: {title}", picture


def test_no_picture_of_people_has_a_small_number_written_in_it(project):
    found = [
        (title, words(text))
        for title, picture in pictures(project)
        for text in picture.iter("text")
        if NUMBER.search(words(text)) and not re.search(r" to [1-5]$| or more$| or over$|^[1-5]$", words(text))
    ]
    assert found == []


def places(picture: html.HtmlElement, tag: str, across: str, down: str) -> list[tuple[float, float]]:
    return [(float(shape.get(down)), float(shape.get(across))) for shape in picture.iter(tag)]


def dots_by_line(picture: html.HtmlElement) -> list[int]:
    """How many dots stand below each label: those between one line of text and the next, the legend's left out."""
    texts = places(picture, "text", "x", "y")
    named = [text for text in picture.iter("text") if words(text)[:1].isalpha()]
    keys = [(float(text.get("y")), float(text.get("x"))) for text in named]
    lines: dict[float, int] = {}
    for y, x in places(picture, "circle", "cx", "cy"):
        is_legend = any(abs(y - down) < 8 and 0 < across - x < 25 for down, across in keys)
        label = max((down for down, _ in texts if down < y + 8), default=0.0)
        lines[label] = lines.get(label, 0) + (not is_legend)
    return [dots for dots in lines.values() if dots]


def test_no_picture_of_people_has_a_few_dots_that_can_be_counted(project):
    found = [(title, dots) for title, picture in pictures(project) for dots in dots_by_line(picture)]
    assert [each for each in found if each[1] <= 5] == []


def test_every_bar_has_its_number_beside_it_so_none_is_drawn_for_what_is_withheld(project):
    bars = 0
    for title, picture in pictures(project):
        numbers = [float(text.get("y")) for text in picture.iter("text") if re.search(r"\d", words(text))]
        for bar in picture.iter("rect"):
            if not bar.get("stroke-dasharray"):
                bars += 1
                top, height = float(bar.get("y")), float(bar.get("height"))
                assert any(top - 4 <= y <= top + height + 10 for y in numbers), title
    assert bars > 5


def test_whatever_is_withheld_is_drawn_alike(project):
    """A placeholder as wide as its count would be would tell it."""
    sizes = [
        {(box.get("width"), box.get("height")) for box in picture.iter("rect") if box.get("stroke-dasharray")}
        for _, picture in pictures(project)
    ]
    assert sum(map(bool, sizes)) > 10
    assert all(len(size) <= 1 for size in sizes) and set().union(*sizes) <= {("64", "14"), ("36", "14")}


# Data and files to take away.


def is_small(value: object) -> bool:
    return str(value).strip() in ("1", "2", "3", "4", "5")


def test_no_measure_of_people_in_the_data_is_small(project):
    files = sorted((project / "book" / "audits").glob("*/measures.json"))
    assert len(files) == 5
    for path in files:
        for measure in json.loads(path.read_text("utf-8"))["measures"]:
            if not THING_IDS.match(measure["id"]):
                numbers = [measure["numerator"], measure["denominator"]]
                numbers += [] if measure["id"].endswith(".median") else [measure["value"]]
                assert not any(map(is_small, numbers)), (path.parent.name, measure["id"])


def downloads(project: Path, *suffixes: str) -> list[Path]:
    found = [path for path in (project / "_build" / "html").rglob("downloads/*") if path.suffix in suffixes]
    assert len(found) >= 5, suffixes
    return found


def rows_of(path: Path) -> Iterator[dict[str, object]]:
    """Rows by their head, which is the first line of two filled cells; every sheet of a workbook."""
    if path.suffix == ".csv":
        yield from csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))
        return
    for sheet in openpyxl.load_workbook(path).worksheets:
        lines = [line for line in sheet.iter_rows(values_only=True) if sum(cell is not None for cell in line) > 1]
        for line in lines[1:]:
            yield {str(head).split("\n")[0].casefold(): cell for head, cell in zip(lines[0], line, strict=True)}


def test_no_table_to_take_away_holds_a_small_count_of_people(project):
    looked_at = 0
    for path in downloads(project, ".csv", ".xlsx"):
        for row in rows_of(path):
            measure = str(row.get("measure") or "")
            if measure and not THING_IDS.match(measure):
                looked_at += 1
                numbers = [row.get(head) for head in ("denominator", "base")]
                numbers += [] if measure.endswith(".median") else [row.get("value"), row.get("number")]
                assert not any(map(is_small, numbers)), (path.name, measure)
            if "band" in row:
                assert int(row["value"]) > 5, (path.name, row)
    assert looked_at > 500


def text_of(path: Path) -> str:
    """Every word of a document, its notes and hidden texts too."""
    if path.suffix == ".pdf":
        reader = pypdf.PdfReader(path)
        return "\n".join([*(page.extract_text() for page in reader.pages), str(dict(reader.metadata or {}))])
    if path.suffix == ".txt":
        return path.read_text("utf-8")
    if path.suffix == ".docx":
        return "\n".join(
            "".join(node.text or "" for node in paragraph.iter("{*}t"))
            for paragraph in docx.Document(path).element.body.iter("{*}p")
        )
    slides = pptx.Presentation(path).slides
    parts = [
        each._element for slide in slides for each in (slide, *([slide.notes_slide] if slide.has_notes_slide else []))
    ]
    return "\n".join(
        "".join(node.text or "" for node in line.iter("{*}t")) for part in parts for line in part.iter("{*}p")
    )


def test_no_form_of_a_briefing_counts_a_few_people(project):
    for path in downloads(project, ".pdf", ".docx", ".pptx", ".txt"):
        text = re.sub(r"(?m)^\s*[1-7]\.?\s+(?=[A-Z])|Page \d of \d", "", text_of(path))
        assert len(text) > 1000
        assert counts_of_people(re.sub(r"\s*\n\s*", "\n", text)) == [], path.name
