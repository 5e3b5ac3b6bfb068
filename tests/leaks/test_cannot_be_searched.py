"""The search for leaks: a file that cannot be looked through has not passed, and none keeps the search for ever."""

import csv
import gzip

import pytest
from files_with import archive, changed_pdf
from leaks.test_search import found, rules


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("x.pdf", b"%PDF-1.7 broken", "no valid PDF"),
        ("x.docx", b"PK broken", "no valid archive"),
        ("x.png", b"\x89PNG\r\n\x1a\nbroken", "no valid picture"),
        ("x.json", b"{", "no valid JSON"),
        ("x.json", b"[" * 200_000, "no valid JSON"),
        ("x.ipynb", b'{"nbformat": 4, "cells": [1]}', "reading it failed (AttributeError)"),
        ("searchindex.js", b'Search.setIndex({"docnames": [], "terms": {"a": 7}})', "reading it failed (IndexError)"),
        ("x.inv", b"# Sphinx inventory version 2\n1\n2\n3\nbroken", "reading it failed"),
        ("x.svg", b"<svg>", "no valid XML"),
        ("x.gz", b"\x1f\x8bbroken", "no valid gzip file"),
        ("x.mp4", b"\x00\x00\x00\x18ftypmp42\xff", "files of this kind cannot be looked through"),
        ("x.zip", b"PK\x05\x06" + bytes(18), ""),
    ],
)
def test_what_cannot_be_looked_through_is_told_and_not_passed(name, content, why):
    leaks = found(name, content)
    assert [leak.rule for leak in leaks] == (["not-checked"] if why else [])
    assert why in "".join(map(str, leaks))


def test_a_table_with_a_cell_of_any_length_is_read_and_changes_nothing_for_others():
    longest = csv.field_size_limit()
    assert rules("x.csv", f"a,b\n{'x ' * 200_000},KW-0417\n") == {"case-id"}
    assert csv.field_size_limit() == longest


def test_a_locked_pdf_is_not_passed():
    locked = changed_pdf(lambda writer: writer.encrypt("secret", algorithm="RC4-128"))
    assert "it is encrypted" in str(found("x.pdf", locked)[0])


def test_files_inside_files_inside_files_are_not_followed_for_ever():
    content = b"x"
    for _ in range(9):
        content = gzip.compress(content)
    assert rules("x.gz", content) == {"not-checked"}


def test_an_archive_that_grows_without_end_is_not_opened():
    assert rules("x.zip", archive(a=bytes(250_000_000))) == {"not-checked"}


def test_an_xml_file_that_defines_what_it_is_made_of_has_not_passed():
    laughs = (
        '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]><svg>&b;&f;</svg>'
    )
    [leak] = found("x.svg", laughs)
    assert str(leak) == "x.svg: it could not be looked through (it defines entities of its own) [not-checked]"
    public = "-//W3C//DTD SVG 1.1//EN"
    assert (
        found("x.svg", f'<!DOCTYPE svg PUBLIC "{public}" "http://www.w3.org/svg11.dtd"><svg><title>x</title></svg>')
        == []
    )
