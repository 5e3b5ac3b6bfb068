"""Ids as they were entered, in the spellings people use for them, and where a short one is no find."""

import pytest
from files_with import page, pdf, set_cell, workbook
from leaks.test_search import rules

from auditbook.leaks.extract import pieces_of_file
from auditbook.leaks.ids import by_first_atom, written_otherwise
from auditbook.leaks.search import Search
from auditbook.leaks.secrets import Secrets


@pytest.mark.parametrize(
    "text",
    [
        "KW-0417", "kw-0417", "(KW-0417)", "x/KW-0417.", "case_KW-0417_old", "KW\u2011\u200b0417", "see KW-0417-notes",
        "the case KW-\n0417 again", "kw0417", "KW 0417", "kw_0417", "KW/0417", "KW.0417", "KW\u00a00417", "a_kw0417_b",
        "KW  0417", "KW  -  0417", "KW #0417",
        "KW\t0417", "KW (0417)", "(KW)0417", "[KW][0417]", "KW+0417", "KW~0417", "KW'0417", "KW*0417",
        "KW no 0417", "KW No. 0417", "case KW number 0417", "KW-417", "kw 417", "KW-00417", "KW no. 417",
    ],
)  # fmt: skip
def test_an_id_is_found_as_a_whole_word_however_it_is_written(text):
    assert rules("notes.txt" if "\n" not in text else "x.html", page(f"<p>{text}</p>")) == {"case-id"}


@pytest.mark.parametrize(
    "text",
    [
        "KW-04171",
        "AKW-0417",
        "0417",
        "KW",
        "KW, 0417",
        "KW: 0417",
        "0417 KW",
        "kw0417a",
        "akw0417",
        "417",
        "KW 41",
        "KW 4170",
    ],
)
def test_a_longer_word_is_another_word(text):
    assert rules("notes.txt", text) == set()


@pytest.mark.parametrize("short", ["A 417", "A no 417", "A417", "A417 and A418"])
def test_an_id_without_its_zeros_is_found_only_where_nothing_else_is_called_so(short):
    likely = by_first_atom(["a-0417", "kw-0417"])
    assert [*written_otherwise(short, likely)] == []
    assert [*written_otherwise(f"{short}, kw 417", likely)] == ["kw-0417"]


SHORT = Secrets(ids={"c1": "case-id", "a1": "case-id", "n-01": "case-id"})


def short_ids(name: str, content: bytes | str) -> bool:
    content = content.encode() if isinstance(content, str) else content
    return bool(Search(SHORT).leaks(name, pieces_of_file(name, content)))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("style.css", ".highlight .c1, #a1, .n-01 { color: #a1c1c1 }"),
        ("script.js", "var c1 = a1['n-01']"),
        ("x.html", '<p class="c1" id="a1">x</p><a href="#c1">x</a><a href="x.html?v=a1">x</a>'),
        ("x.html", '<style>.c1{color:red}</style><svg><g id="c1"><path d="M a1"/></g></svg>'),
        ("x.json", '{"c1": 1}'),
        ("tables.xlsx", workbook(lambda book: book.active.__setitem__("A1", "=SUM(C1:C9)"))),
        ("briefing.pdf", pdf("Nothing.")),
    ],
)
def test_a_short_id_is_no_find_in_styles_addresses_cells_and_keys(name, content):
    assert not short_ids(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.html", "<p>It was C1.</p>"),
        ("x.html", '<p title="case N-01">x</p>'),
        ("x.html", "<!-- of c1 -->"),
        ("style.css", 'p::after { content: "C1" }'),
        ("x.json", '{"case": "C1"}'),
        ("C1.txt", "x"),
        ("tables.xlsx", workbook(set_cell("a1"))),
        ("briefing.pdf", pdf("It was C1.")),
    ],
)
def test_a_short_id_is_found_where_peoples_words_stand(name, content):
    assert short_ids(name, content)
