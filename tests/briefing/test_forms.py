"""The forms of a briefing: page, PDF, Word, slides, plain text and HTML say the same words and the same numbers."""

import os
import re
import subprocess
import sys

import pytest
from briefing.guide_audit import NOW, guide_project
from lxml import html
from papers import (
    BOXES,
    PROJECT,
    ROOT,
    SHIPPED,
    a_brand,
    a_handout,
    a_list,
    a_paragraph,
    boxes_of_page,
    everything,
    figures_under,
    shipped_briefing,
    shipped_figures,
    shipped_form,
    shipped_handout,
    solid,
)
from typer.testing import CliRunner

from auditbook.briefing.brand import Brand
from auditbook.briefing.charts import charts_to_paste
from auditbook.briefing.forms import FORMS, INTERNAL_NOTICE, SYNTHETIC_NOTICE, handout, write_form
from auditbook.briefing.model import Run, paragraphs_of
from auditbook.briefing.parse import parse_briefing
from auditbook.briefing.roles import ROLES, roles_to_paste
from auditbook.briefing.sources import Sources
from auditbook.cli import app
from auditbook.leaks.scan import scan, secrets_of_project
from auditbook.validation.problems import Refusals, WrongUsage

HOSTILE = (
    '#image("/etc/passwd") #panic() $x$ @label <label> \\ *bold* _not_ `raw` = heading',
    "{{ 7*7 }} {% for x in boxes %} {# gone #} {_{ title }_} {%p endfor %}",
    "<w:br/> </w:t></w:r> <script>alert(1)</script> &amp; ]]> <!-- -->",
    '=HYPERLINK("http://evil.example") \'"` \u202e \u200b ‘’“” — é',
)


@pytest.mark.parametrize("form", BOXES)
@pytest.mark.parametrize("audit", SHIPPED)
def test_every_form_says_every_sentence_and_figure_of_the_page_in_its_order(audit, form):
    read, has_numbers = BOXES[form]
    assert read(shipped_form(audit, form)) == boxes_of_page(audit, has_numbers)


@pytest.mark.parametrize("audit", SHIPPED)
def test_what_the_page_says_is_what_the_figures_say(audit):
    """The comparison above would miss a figure that no form has."""
    runs = [run for paragraph in shipped_briefing(audit).paragraphs() for run in paragraph.runs if run.measure]
    page = "".join(boxes_of_page(audit, has_numbers=False))
    assert runs and all(solid(run.text) in page for run in runs)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("audit", SHIPPED)
def test_every_form_names_audit_quarter_partnership_remit_and_release(audit, form):
    own = shipped_handout(audit)
    text = everything(form, shipped_form(audit, form))
    around = (own.title, own.quarter, own.partnership)
    if form != "pptx":
        around += (own.remit, own.release, *(url for _, url in own.links))
    assert [words for words in around if solid(words) not in text] == []


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_made_up_audit_says_so(form):
    found = everything(form, shipped_form("2021-22-Q1", form))
    assert solid(SYNTHETIC_NOTICE) in found


@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_a_real_audit_says_that_it_is_made_up(form):
    found = everything(form, shipped_form("2020-21-Q4", form))
    assert "Synthetic" not in found


@pytest.mark.parametrize("form", FORMS)
def test_hostile_text_is_shown_as_text(form):
    own = a_handout((a_paragraph(*HOSTILE[:2]), a_list(*HOSTILE[2:])))
    found = everything(form, write_form(form, own))
    assert [text for text in HOSTILE if solid(text) not in found] == []


EVERY_FORM = """
import sys
from auditbook.cli import app
for form in sys.argv[2:]:
    words = ["briefing", "2020-21-Q4", "--to", form, "--out", f"{sys.argv[1]}/again.{form}"]
    app(words, standalone_mode=False)
"""


def test_the_same_briefing_is_the_same_bytes_in_another_process_zone_and_order(tmp_path):
    changed = {**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "1", "LC_ALL": "C"}
    command = [sys.executable, "-c", EVERY_FORM, str(tmp_path), *FORMS]
    subprocess.run(command, cwd=ROOT, env=changed, check=True, capture_output=True)
    for form in FORMS:
        assert (tmp_path / f"again.{form}").read_bytes() == shipped_form("2020-21-Q4", form), form


def test_the_leak_search_finds_nothing_in_any_form_of_a_shipped_audit(tmp_path):
    for audit in SHIPPED:
        for form in FORMS:
            (tmp_path / f"{audit}.{form}").write_bytes(shipped_form(audit, form))
    found = scan(tmp_path, secrets_of_project(PROJECT, list(map(shipped_figures, SHIPPED))))
    assert (found.files, found.leaks) == (len(SHIPPED) * len(FORMS), ())


def test_emphasis_and_links_are_kept_in_html():
    runs = (Run("strong", is_strong=True), Run(" "), Run("link", link="https://example.org/?a=1&b=2"))
    content = write_form("html", a_handout((a_paragraph(*runs),))).decode()
    assert "<strong>strong</strong> <a href=" in content and 'href="https://example.org/?a=1&amp;b=2"' in content


def test_the_html_file_asks_nobody_for_anything_and_runs_nothing():
    content = write_form("html", a_handout(brand=a_brand(website="https://example.org"))).decode()
    tree = html.fromstring(content)
    assert tree.get("lang") == "en-GB" and tree.findtext(".//title")
    assert not [each.tag for each in tree.iter("script", "link", "iframe", "object", "form")]
    assert [each.get("src")[:22] for each in tree.xpath("//*[@src]")] == ["data:image/png;base64,"]
    assert [image.get("alt") for image in tree.iter("img")] == ["Exampleshire, a purple dot"]
    assert "url(" not in content and "@import" not in content


def test_plain_text_keeps_within_78_letters_and_links_show_their_address():
    long_word = Run("the report", link="https://example.org/report")
    text = write_form("txt", a_handout((a_paragraph("Words " * 40, long_word), a_list("Item " * 30, start=9)))).decode()
    assert max(map(len, text.splitlines())) <= 78
    assert "<https://example.org/report>" in text and "\n9. Item" in text


def test_an_internal_release_says_that_it_is_not_for_publication():
    own = handout(shipped_briefing("2020-21-Q4"), figures_under("2020-21-Q4", "internal"), Brand(), b"")
    assert INTERNAL_NOTICE in own.notices and own.release.startswith("For the business unit")


@pytest.mark.parametrize("audit", SHIPPED)
def test_every_role_that_is_listed_can_be_pasted_and_says_what_was_listed(audit):
    figures, refusals = shipped_figures(audit), Refusals()
    listed = list(roles_to_paste(Sources(figures)))
    boxes = "\n".join(f"## {number} Box\n\nWords.\n" for number in range(2, 8))
    pasted = "\n".join(f"- So {role}" for _, role, _ in listed)
    briefing = parse_briefing(f"## 1 Box\n\n{pasted}\n\n{boxes}", Sources(figures), "briefing.md", refusals)
    assert refusals.found == []
    assert [item[0].text for item in briefing.boxes[0].blocks[0].items] == [
        " ".join(f"So {text}".split()) for _, _, text in listed
    ]
    assert {figure.id for figure in figures} <= {re.search("`(.*)`", role)[1] for _, role, _ in listed}


def test_every_chart_that_is_listed_can_be_pasted_and_draws_what_was_listed():
    figures, refusals = shipped_figures("2021-22-Q1"), Refusals()
    listed = list(charts_to_paste(figures))
    assert len(listed) > 5
    boxes = "\n".join(f"## {number} Box\n\nWords.\n" for number in range(2, 8))
    charts = "\n\n".join(role for _, role, _ in listed)
    briefing = parse_briefing(f"## 1 Box\n\n{charts}\n\n{boxes}", Sources(figures), "briefing.md", refusals)
    assert refusals.found == []
    for (_, _, text), chart in zip(listed, briefing.boxes[0].blocks, strict=True):
        assert [part.text for part in paragraphs_of(chart) if part.text not in text] == []


def test_the_list_to_paste_from_has_every_role_of_a_briefing(tmp_path):
    listed = command("--project", str(guide_project(tmp_path / "project").root), "measures", NOW, "--roles").output
    assert {*re.findall(r"^\{(\w+)\}", listed, re.MULTILINE)} == {*ROLES, "chart"}


def command(*words: str):
    return CliRunner().invoke(app, words)


def test_the_command_writes_where_it_is_told(tmp_path):
    done = command("briefing", "2020-21-Q4", "--to", "txt", "--out", str(tmp_path / "b.txt"))
    assert done.exit_code == 0 and "b.txt is written." in done.output
    assert (tmp_path / "b.txt").read_bytes() == shipped_form("2020-21-Q4", "txt")


def test_a_form_nobody_knows_is_wrong_usage():
    done = command("briefing", "2020-21-Q4", "--to", "odt")
    assert isinstance(done.exception, WrongUsage) and "pdf, docx, pptx, txt, html" in str(done.exception)


@pytest.mark.parametrize("form", FORMS)
def test_under_a_stricter_profile_no_form_gives_a_count_that_is_withheld(form, tmp_path):
    path = tmp_path / f"strict.{form}"
    done = command("briefing", "2020-21-Q4", "--to", form, "--profile", "strict", "--out", str(path))
    assert done.exit_code == 0
    found, shown = everything(form, path.read_bytes()), everything(form, shipped_form("2020-21-Q4", form))
    for words in ("4 of the 5 cases", "5 of the 5 cases", "2 Indian", "2, 4, 4 and 11"):
        assert solid(words) in shown and solid(words) not in found
    assert "withheld" in found


def test_roles_are_listed_under_the_audits_own_release():
    listed = command("measures", "2020-21-Q4", "--roles").output
    assert "{count}`cases.total`\t5 cases\tCases audited\n" in listed
    assert "{list}`months_open_cin`\t2, 4, 4 and 11\t" in listed
    withheld = command("measures", "2020-21-Q4", "--roles", "--profile", "strict").output
    assert "{number}`cases.total`" not in withheld and "{count}`cases.total`\ta number that is withheld\t" in withheld
