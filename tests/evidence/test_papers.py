"""A partnership's brand and its Word template: D. Each broken file gives one message."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from evidence.broken import Broken, broken, swap, write_valid

from auditbook.briefing import word
from auditbook.briefing.word_template import TEMPLATE_FILE
from auditbook.build.briefing import write_briefing
from auditbook.codebook.quarter import AuditId
from auditbook.downloads.write import refuse_brand_and_template
from auditbook.engine.store import Store
from auditbook.validation.problems import InputRefused

TEMPLATE = "book/templates/briefing.docx"


PNG = b"\x89PNG\r\n\x1a\n"


def brand(rule: str, message: str, text: str) -> Broken:
    """This brand, beside a logo.png."""

    def change(data: Path) -> None:
        (data.parent / "book" / "brand.yml").write_text(text, encoding="utf-8")
        (data.parent / "book" / "logo.png").write_bytes(PNG)

    return Broken(rule, f"book/brand.yml{message} [{rule}]", (change,))


def template(rule: str, message: str, content: Callable[[], bytes]) -> Broken:
    def change(data: Path) -> None:
        path = data.parent / TEMPLATE
        path.parent.mkdir()
        path.write_bytes(content())

    return Broken(rule, f"{TEMPLATE}: {message} [{rule}]", (change,))


def a_template(*paragraphs: str) -> bytes:
    """A Word file with these paragraphs and nothing else."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


WHOLE = (
    "{{ standfirst }} {{ title }} {{ notices|join }} {{ release }}",
    "{%p for box in boxes %}",
    "{{ box.title }}",
    "{{p box.text }}",
    "{%p endfor %}",
)
"""As little as a template may hold."""

BROKEN = [
    brand("D01", ':1: colour: "navy" is not a colour such as "#12436d" in quotation marks.', "colour: navy\n"),
    brand("D01", ':1: accent: this is empty; a colour stands in quotation marks: "#12436d".', "accent: #801650\n"),
    brand(
        "D02",
        ":1: colour: #28a197 has a contrast of 3.1 to 1 against white; 4.5 to 1 is needed. Take a darker one.",
        'colour: "#28a197"\n',
    ),
    brand(
        "D03",
        ':1: website: "www.example.org" is not an address that begins with https:// or http://.',
        "website: www.example.org\n",
    ),
    brand(
        "D04",
        ":1: logo: a logo needs words for those who do not see it; say them in `logo_alt`.",
        "logo: logo.png\n",
    ),
    brand(
        "D05",
        ':1: logo: "_static/logo.png" is not a file in book/ of at most 1 MB.',
        "logo: _static/logo.png\nlogo_alt: Exampleshire\n",
    ),
    brand(
        "D05",
        ':1: logo: "../secret.png" is not a file in book/ of at most 1 MB.',
        "logo: ../secret.png\nlogo_alt: Exampleshire\n",
    ),
    brand(
        "D05",
        ':1: logo: "brand.yml" is not a PNG or JPEG picture.',
        "logo: brand.yml\nlogo_alt: Exampleshire\n",
    ),
    template("D06", '"titel" is not a placeholder. Nearest: title.', lambda: a_template(*WHOLE, "{{ titel }}")),
    template(
        "D06",
        'the placeholder "notices" is missing; every briefing must say it.',
        lambda: a_template(WHOLE[0].replace("{{ notices|join }}", ""), *WHOLE[1:]),
    ),
    template("D07", "this is not a Word document (.docx): BadZipFile.", lambda: b"no zip"),
    template(
        "D07",
        "a placeholder cannot be read: unexpected '}'.",
        lambda: a_template(*WHOLE, "{{ title } }}"),
    ),
    template("D07", "this file is larger than 5 MB.", lambda: b"x" * 5_000_001),
    brand(
        "D08",
        ": footer: the fonts of the PDF do not have “👶”; say it in words of Latin, Greek or Cyrillic letters.",
        "footer: For every 👶\n",
    ),
    broken(
        "D08",
        "audits/2021-22-Q1/audit.yml: title: the fonts of the PDF do not have “ਪ”, “ਜ”, “ਬ”; say it in words of Latin, "
        "Greek or Cyrillic letters.",
        swap("audit.yml", "title: Plans", "title: ਪੰਜਾਬ Plans"),
    ),
]


def lines(root: Path, each: Broken) -> list[str]:
    project = write_valid(root, each.changes)
    with pytest.raises(InputRefused) as refused:
        refuse_brand_and_template(project)
        write_briefing(project, AuditId.read("2021-22-Q1"), "pdf")
    return [str(refusal) for refusal in refused.value.refusals]


@pytest.mark.parametrize("each", BROKEN, ids=str)
def test_a_broken_brand_or_template_is_told_in_one_message(each, tmp_path):
    assert lines(tmp_path, each) == [each.message]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("color: '#12436d'\n", ":1: color: this key is not known here; expected name, logo"),
        ("_picture: x\n", ":1: _picture: this key is not known here"),
        ("name:\n  - A\n", ":1: name: one value is expected here, not a list or a section."),
        ("- A\n", ": this file must hold `key: value` lines."),
    ],
)
def test_a_key_that_is_not_known_or_holds_a_list_is_refused(text, message, tmp_path):
    [line] = lines(tmp_path, brand("V07", message, text))
    assert line.startswith(f"book/brand.yml{message}")


def test_without_brand_and_template_the_plain_ones_are_taken(tmp_path):
    refuse_brand_and_template(write_valid(tmp_path))


def test_the_least_template_is_enough(tmp_path):
    each = template("D06", "", lambda: a_template(*WHOLE))
    refuse_brand_and_template(write_valid(tmp_path, each.changes))


def test_a_template_found_right_is_not_opened_again_and_a_wrong_one_is_refused_again(tmp_path, monkeypatch):
    each = template("D06", "", lambda: a_template(*WHOLE))
    project = write_valid(tmp_path, each.changes)
    store = Store(tmp_path)
    refuse_brand_and_template(project, store)
    with monkeypatch.context() as patched:
        patched.setattr(word, "open_template", None)
        refuse_brand_and_template(project, store)
    (project.root / TEMPLATE_FILE).write_bytes(b"no document")
    for _ in range(2):
        with pytest.raises(InputRefused):
            refuse_brand_and_template(project, store)
