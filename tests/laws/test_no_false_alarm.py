"""The second lock does not cry wolf: no find in a book without a leak, whatever its labels, ids and numbers are.

`AUDITBOOK_BOOKS=500 pytest tests/laws/test_no_false_alarm.py` tries so many; every fourth with its documents.
"""

import pytest
from laws.random_books import AUDIT, numbers_of_tries, searched, write_book

from auditbook.evidence.audit import read_audits
from auditbook.leaks.extract import pieces_of_file
from auditbook.leaks.scan import secrets_of_project
from auditbook.leaks.search import Search
from auditbook.measures.all_measures import audit_measures
from auditbook.measures.counts import Measure
from auditbook.release.released import released_audits

EVERY_FOURTH = 4


@pytest.mark.parametrize("seed", numbers_of_tries(4))
def test_a_random_book_without_a_leak_has_no_find(seed, tmp_path):
    found = searched(write_book(tmp_path / "book", seed), has_documents=seed % EVERY_FOURTH == 0)
    assert [str(leak) for leak in found.leaks] == []
    assert found.files > 20


FORMS = (
    "<h2>{subject}</h2><p>{value}: {count}</p>",
    "<h2>{subject}</h2><ul><li>{value} ({count} of them)</li></ul>",
    "<h2>{subject}</h2><dl><dt>{value}</dt><dd>{count}</dd></dl>",
    "<table><caption>{subject}</caption><tr><th>Value</th><th>Number</th></tr>"
    "<tr><td>{value}</td><td>{count}</td></tr></table>",
)


@pytest.fixture(scope="module")
def strict_books(tmp_path_factory) -> list[tuple[Search, list[Measure]]]:
    """Of two of the same books, released strictly: their search, and the counts that are withheld."""
    found = []
    for seed in (1, 2):
        project = write_book(tmp_path_factory.mktemp("strict") / str(seed), seed)
        [audit] = read_audits(project)
        [released] = released_audits([audit], "strict")
        counted = [(each, released.figures.get(each.id)) for each in audit_measures(audit) if each.numerator]
        withheld = [measure for measure, figure in counted if figure is not None and not figure.is_shown]
        found.append((Search(secrets_of_project(project, [released])), withheld))
    return found


@pytest.mark.parametrize("form", FORMS)
def test_in_the_same_books_a_withheld_count_beside_its_label_is_found(form, strict_books):
    """All but those that equal a number which the release shows of the same name."""
    planted = lost = 0
    for search, withheld in strict_books:
        for measure in withheld:
            subject, _, value = measure.label.partition(": ")
            body = form.format(subject=subject, value=value or "Yes", count=measure.numerator)
            page = f"<!DOCTYPE html><html><body>{body}</body></html>".encode()
            planted += 1
            lost += not search.leaks(f"book/audits/{AUDIT}/x.html", pieces_of_file("x.html", page))
    assert planted > 40 and lost <= planted / 20


def test_in_the_same_books_every_id_is_found_where_people_write(tmp_path):
    for seed in range(4):
        project = write_book(tmp_path / str(seed), seed)
        secrets = secrets_of_project(project, released_audits(read_audits(project), None))
        search, words = Search(secrets), [f"case {each} of the audit" for each in secrets.ids]
        assert secrets.ids or secrets.unsearched
        assert all(search.leaks("x.txt", pieces_of_file("x.txt", each.encode())) for each in words)
