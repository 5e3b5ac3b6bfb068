"""The search for leaks: every kind of leak, planted in every kind of file, is found, and nothing else is."""

import json
from dataclasses import replace
from functools import cache

import pytest
from builders import a_case, a_finding, a_grade, a_person, a_project, a_question, an_answer, an_involvement
from files_with import BEHIND, FOLDER, READ, file_with, index, page

from auditbook.evidence.audit import read_audits
from auditbook.leaks.extract import pieces_of_file
from auditbook.leaks.leak import Leak
from auditbook.leaks.normalise import root_folders
from auditbook.leaks.scan import secrets_of_project
from auditbook.leaks.search import Search
from auditbook.leaks.secrets import Secrets
from auditbook.release.released import released_audits

TEXT = "The health visitor wrote each week to a grandmother who had moved to another town and never answered."
EVIDENCE = "She drew the house with two doors and would not say who lives behind the second."
ANSWER = "He sleeps through the night since the uncle no longer comes at weekends."
ROOT = "/srv/partnership/secret-book"
LEAKS = {
    "case-id": "See KW-0417.",
    "person-id": "And kw-0417-c1.",
    "restricted-text": "It was each week to a grandmother who had moved to another town.",
    "day-of-life": "It began 19 February 2021.",
    "withheld-number": "By sex there were 4 girls.",
    "machine-path": "From /home/anna/book now.",
    "personal-data": "Call 943 476 5919.",
}
EVERYWHERE = ("case-id", "person-id", "restricted-text", "machine-path")
"""Rules that hold in code, links and names too, which nobody reads."""
HARMLESS = "Children were asked what they wanted, and 7 agencies answered on 3 May 2022."


@cache
def secrets() -> Secrets:
    """A strict audit of fourteen cases, four of them girls."""
    people = [a_person(f"KW-0{400 + n}", f"KW-0{400 + n}-c1", sex="F" if n < 4 else "M") for n in range(13)]
    parts = (
        *(a_case(f"KW-0{400 + n}", plan="cp" if n < 7 else "cin") for n in range(13)),
        a_case("KW-0417", "replaced", plan_start="2021-02-19", scope_reason="The family moved abroad before it began."),
        *people,
        a_person("KW-0417", "KW-0417-c1", sex="F"),
        a_finding("f1", "voice", case="KW-0401", text=TEXT),
        a_finding("f2", "voice", text="Every agency listened to the child and wrote down what the child had said."),
        an_involvement("police", "no_response", "KW-0402", reason="The officer in charge was on leave for the month."),
        a_grade("overall", "good", case="KW-0403", moderator="Ada Quill", reason="The panel read it another way."),
        a_question("seen"),
        a_question("changed", type="text"),
        an_involvement("schools", "returned", "KW-0402"),
        an_answer("schools", "seen", "no", case="KW-0402", evidence=EVIDENCE, moderated="yes", moderator="Bea Quince"),
        an_answer("schools", "changed", ANSWER, case="KW-0402"),
    )
    with a_project(*parts) as project:
        (project.root / "book" / "about").mkdir()
        (project.root / "book" / "about" / "contact.md").write_text("office@example.org, 0121 496 0000")
        found = secrets_of_project(project, released_audits(read_audits(project), "strict"))
        return replace(found, paths=(ROOT,), numbers=dict(found.numbers))


def found(name: str, content: bytes | str) -> list[Leak]:
    content = content.encode() if isinstance(content, str) else content
    return Search(secrets()).leaks(name, pieces_of_file(name, content))


def rules(name: str, content: bytes | str) -> set[str]:
    return {leak.rule for leak in found(name, content)}


@pytest.mark.parametrize("place", READ)
def test_every_kind_of_leak_is_found_wherever_somebody_or_something_may_read_it(place):
    assert rules(*file_with(place, " ".join(LEAKS.values()))) == set(LEAKS)


@pytest.mark.parametrize("place", BEHIND)
def test_ids_texts_and_paths_are_found_where_only_programs_look(place):
    assert rules(*file_with(place, " ".join(LEAKS[rule] for rule in EVERYWHERE))) == set(EVERYWHERE)


@pytest.mark.parametrize("place", [*READ, *BEHIND])
def test_a_harmless_text_is_no_leak_in_any_kind_of_file(place):
    assert found(*file_with(place, HARMLESS)) == []


@pytest.mark.parametrize("place", [*READ, *BEHIND])
def test_a_report_never_shows_the_value(place):
    told = "\n".join(map(str, found(*file_with(place, " ".join(LEAKS.values()))))).casefold()
    assert "case-id" in told
    assert [value for value in ("0417", "grandmother", "19 feb", "4 girls", "anna", "943") if value in told] == []


@pytest.mark.parametrize("name", ["KW-0417.html", "book/kw-0417/page.html", "book/943 476 5919.txt"])
def test_a_file_named_for_what_must_not_get_out_is_found_and_not_named(name):
    [leak] = found(name, "x")
    assert leak.file == "(name not shown)" and leak.rule in ("case-id", "personal-data")


def test_classes_are_looked_at_for_numbers_and_ids():
    assert rules("x.html", page('<p class="child-943-476-5919">x</p>')) == {"personal-data"}
    assert rules("x.html", page('<p class="row n9434765919">x</p>')) == {"personal-data"}
    assert rules("x.html", page('<p class="row kw-417">x</p>')) == {"case-id"}


def test_the_words_of_a_page_in_the_index_tell_an_id():
    terms = {"kw": [0], "0417": [0], "child": [0]}
    assert rules("searchindex.js", index(terms=terms)) == {"case-id"}
    assert rules("searchindex.js", index(terms={**terms, "0417": [1]}, docnames=["a", "b"])) == set()


def test_the_words_of_a_page_in_the_index_tell_a_text_that_the_page_does_not_show():
    search = Search(secrets())
    stems = "health visitor wrote each week grandmoth who had move anoth town never answer".split()
    content = index(terms=dict.fromkeys(stems, 0)).encode()
    shown = page("<p>" + " ".join(TEXT.rstrip(".").split()[::-1]) + "</p>").encode()
    assert [leak.rule for leak in search.leaks("searchindex.js", pieces_of_file("searchindex.js", content))] == [
        "restricted-text"
    ]
    assert search.leaks("book/index.html", pieces_of_file("book/index.html", shown)) == []
    assert search.leaks("searchindex.js", pieces_of_file("searchindex.js", content)) == []


def test_a_copy_over_several_paragraphs_is_found():
    words = TEXT.split()
    assert rules("x.html", page("".join(f"<p>{word}</p>" for word in words))) == {"restricted-text"}


@pytest.mark.parametrize("length", [8, 9])
def test_a_copy_of_nine_words_is_a_copy(length):
    assert ("restricted-text" in rules("x.txt", " ".join(TEXT.split()[3 : 3 + length]))) == (length == 9)


@pytest.mark.parametrize(
    "text",
    [
        "The family moved abroad before it began.",
        "The officer in charge was on leave for the month.",
        "The panel read it another way.",
        "Moderated by Ada  QUILL on Friday",
        EVIDENCE,
        ANSWER,
        "Moderated by Bea Quince on Friday",
    ],
)
def test_reasons_moderators_and_words_beside_answers_are_restricted_whatever_the_rule(text):
    assert rules("notes.txt", text) == {"restricted-text"}


def test_a_text_that_may_be_shown_is_no_leak():
    assert (
        rules("x.html", page("<p>Every agency listened to the child and wrote down what the child had said.</p>"))
        == set()
    )


def test_contacts_of_the_publisher_may_stand_anywhere():
    assert rules("x.html", page("<p>Write to office@example.org or ring 0121 496 0000.</p>")) == set()
    assert rules("x.html", page("<p>Write to mother@example.org.</p>")) == {"personal-data"}


@pytest.mark.parametrize(
    "text",
    [
        "/root/x", "/Users/anna/x", r"C:\Users\anna\book", r"c:\\users\\anna", "file:///srv/book", r"\\server\share\x",
        "D:\\audits\\live\\", "in /tmp/build-1/page", "/mnt/data/x", f"{ROOT}/_build", ROOT.replace("/", "\\\\"),
    ],
)  # fmt: skip
def test_a_path_of_a_machine_is_found_on_every_system(text):
    assert rules("notes.txt", text) == {"machine-path"}


@pytest.mark.parametrize(
    "text", ["https://example.org/home/x", "and/or", "a/home/b", "1/2", "../home.html", "N/A: \\n"]
)
def test_an_address_of_the_web_is_no_path_of_a_machine(text):
    assert rules("notes.txt", text) == set()


@pytest.mark.parametrize("text", ["2021-02-19", "19/02/2021", "19.2.2021", "19th of February 2021", "Feb 19, 2021"])
def test_a_day_of_life_is_found_however_it_is_written(text):
    assert rules(f"{FOLDER}/x.html", page(f"<p>{text}</p>")) == {"day-of-life"}


def test_a_day_of_life_is_looked_for_in_the_audits_own_files_only():
    assert rules("book/audits/2021-22-Q2/x.html", page("<p>2021-02-19</p>")) == set()


NHS = "9434765919"


@pytest.mark.parametrize(
    "content", [f"<!-- {NHS} -->", f"<script>x = '{NHS}'</script>", f'<a href="x.html?of={NHS}">x</a>']
)
def test_an_nhs_number_is_found_where_only_programs_look(content):
    assert rules("x.html", page(content)) == {"personal-data"}


@pytest.mark.parametrize("content", [{NHS: 1}, {"a": int(NHS)}, {"a": [int(NHS)]}, {"a": float(NHS)}])
def test_an_nhs_number_is_found_as_key_and_number_of_json(content):
    assert rules("x.json", json.dumps(content)) == {"personal-data"}


@pytest.mark.parametrize(
    "text",
    [f"ab12{NHS}cd34ef", f"{NHS[:8]}-4765-4919-8cde-{NHS}ab", f"sha256-{NHS}/abcDEFghij+kl=", f"0.{NHS}", f"#ab-{NHS}"],
)
def test_a_checksum_that_happens_to_hold_an_nhs_number_is_no_find(text):
    assert rules("x.html", page(f"<p>{text}</p>")) == set()
    assert rules("x.html", page(f'<p id="ab-{NHS}">x</p><svg><g id="ab-{NHS}"/><use href="#ab-{NHS}"/></svg>')) == set()


@pytest.mark.parametrize(
    "name", ["The family moved abroad before it began.html", "the-family-moved-abroad-before-it-began/x.txt"]
)
def test_a_restricted_text_that_is_a_files_name_is_found_and_not_named(name):
    [leak] = found(name, "x")
    assert leak.file == "(name not shown)" and leak.rule == "restricted-text"


def test_a_path_under_a_folder_of_this_machines_root_is_found():
    roots = root_folders(["work", "usr", "etc", ".cache"])
    assert roots == ("/work/",)
    search = Search(replace(secrets(), paths=roots))
    for text, is_found in (
        ("in /work/book/x", True),
        ("and/work/x", False),
        ("https://a.org/work/x", False),
        ("/usr/bin", False),
    ):
        leaks = search.leaks("x.txt", pieces_of_file("x.txt", text.encode()))
        assert bool(leaks) is is_found, text
