"""The links to what can be taken away, drawn by Sphinx from a directive."""

import io
import json
from pathlib import Path

import pytest
from lxml import html
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from auditbook.site.download_links import DownloadLinks

AUDIT = "2021-22-Q1"
FILES = [
    {"name": f"{AUDIT}-briefing.pdf", "label": "Briefing, PDF", "media_type": "application/pdf", "page": "briefing"},
    {"name": f"{AUDIT}-figures.xlsx", "label": "All figures", "media_type": "application/x", "page": ""},
    {"name": "themes.csv", "label": "Themes & <more>, CSV", "media_type": "text/csv", "page": "theme_frequencies"},
]


def write_project(root: Path, size: int = 48_000) -> None:
    for page in ("briefing", "theme_frequencies"):
        path = root / "book" / "audits" / AUDIT / f"{page}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Page\n\n```{downloads}\n```\n")
    (root / "index.md").write_text(f"# Front\n\n```{{toctree}}\n:glob:\nbook/audits/{AUDIT}/*\n```\n")
    folder = root / "_build" / "downloads" / AUDIT
    folder.mkdir(parents=True, exist_ok=True)
    for each in FILES:
        (folder / each["name"]).write_bytes(b"x" * size)
    folder.with_suffix(".json").write_text(json.dumps({"made_from": "", "files": FILES}))


def build(root: Path) -> tuple[Sphinx, str]:
    """The project built by Sphinx, and its warnings."""
    warnings = io.StringIO()
    settings = {"extensions": ["myst_parser"], "exclude_patterns": ["_build"], "html_theme": "basic"}
    out = root / "_build" / "html"
    with docutils_namespace():  # what one Sphinx has registered, the next would complain about
        app = Sphinx(root, None, out, out / ".doctrees", "html", settings, status=None, warning=warnings)
        app.add_directive("downloads", DownloadLinks, override=True)
        app.build()
    return app, warnings.getvalue()


def links(root: Path, page: str) -> list[tuple[str, str, str]]:
    found = html.parse(root / "_build" / "html" / "book" / "audits" / AUDIT / f"{page}.html")
    return [(link.get("href"), link.get("type"), link.text) for link in found.xpath("//ul[@class='ab-downloads']//a")]


def test_a_page_offers_its_own_files_and_the_workbook_with_kind_and_size(tmp_path):
    write_project(tmp_path)
    _, warnings = build(tmp_path)
    assert warnings == ""
    workbook = (f"downloads/{AUDIT}-figures.xlsx", "application/x", "All figures, 48 kB")
    assert links(tmp_path, "briefing") == [
        (f"downloads/{AUDIT}-briefing.pdf", "application/pdf", "Briefing, PDF, 48 kB"),
        workbook,
    ]
    csv = ("downloads/themes.csv", "text/csv", "Themes & <more>, CSV, 48 kB")
    assert links(tmp_path, "theme_frequencies") == [workbook, csv]


def test_the_size_is_told_anew_when_a_file_was_made_again(tmp_path):
    write_project(tmp_path)
    build(tmp_path)
    write_project(tmp_path, size=96_000)
    build(tmp_path)
    assert links(tmp_path, "briefing")[0][2] == "Briefing, PDF, 96 kB"


@pytest.mark.parametrize("times", [1, 2])
def test_a_page_without_files_is_a_warning_and_again_when_it_is_built_again(tmp_path, times):
    write_project(tmp_path)
    (tmp_path / "_build" / "downloads" / f"{AUDIT}.json").unlink()
    for _ in range(times):
        _, warnings = build(tmp_path)
    assert f"nothing was made to take away of {AUDIT}" in warnings
