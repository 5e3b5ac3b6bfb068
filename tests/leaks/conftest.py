"""What tests of the search for leaks share."""

import pytest

from auditbook.leaks.search import Search


@pytest.fixture
def looked_through(monkeypatch) -> list[str]:
    """The files that were looked through, in order."""
    names: list[str] = []
    leaks = Search.leaks

    def told(self, file, pieces, *key):
        names.append(file)
        return leaks(self, file, pieces, *key)

    monkeypatch.setattr(Search, "leaks", told)
    return names
