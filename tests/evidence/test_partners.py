"""Editions that partnerships handed over: J. Each broken record gives one message."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from evidence.broken import Broken, lines_of

from auditbook.codebook.codebook import Codebook, Theme
from auditbook.release.edition import Edition, EditionRecord, InEdition
from auditbook.release.edition_texts import codebook_record
from auditbook.release.editions import sealed_edition

CODEBOOK = codebook_record(Codebook(themes={each: Theme(each, each) for each in ("voice_of_child", "drift")}))
EDITION = Edition(1, date(2026, 1, 5), "", "", (), (), {}, {}, {}, publisher="Northshire", codebook=CODEBOOK)


def record(*harm: Callable[[str], str], edition: Edition = EDITION, themes: str = "") -> Callable[[Path], None]:
    """What lies in `data/partners/north`: one edition, its text harmed, and a mapping of themes."""

    def change(data: Path) -> None:
        folder = data / "partners" / "north" / "editions"
        folder.mkdir(parents=True)
        text = sealed_edition(edition, EditionRecord())[1]
        for each in harm:
            text = each(text)
        (folder / "0001.json").write_text(text, "utf-8")
        if themes:
            (data / "partners" / "themes.csv").write_text(f"partner,theme,shared\n{themes}\n", "utf-8")

    return change


def _without_any(data: Path) -> None:
    (data / "partners" / "north").mkdir(parents=True)


def _newer(text: str) -> str:
    return json.dumps(json.loads(text) | {"schema": 3})


PLACE = "data/partners/north"
OF_A_JOINED_BOOK = replace(
    EDITION, audits={"2021-22-Q1": InEdition("", "partner-x", "", {"measures": []}, {"settings": {}})}
)
OF_NOTHING = replace(EDITION, audits={"2021-22-Q1": InEdition("", "live", "", {"measures": []}, {"settings": {}})})
BROKEN = [
    Broken(
        "J01",
        f"{PLACE}/editions: no edition lies here; a partnership hands over its folder data/editions. [J01]",
        (_without_any,),
    ),
    Broken(
        "J01",
        f"{PLACE}/editions/0001.json: this is no edition; take the whole folder of editions anew from the partnership. "
        "[J01]",
        (record(lambda text: text[:40]),),
    ),
    Broken(
        "J01",
        f"{PLACE}: its audit 2021-22-Q1 is not as auditbook publish writes it; take the whole folder of editions anew "
        "from the partnership. [J01]",
        (record(edition=OF_NOTHING),),
    ),
    Broken(
        "J02",
        f"{PLACE}/editions: {PLACE}/editions/0001.json is not as it was written. Take the whole folder of editions "
        "anew from the partnership. [J02]",
        (record(lambda text: text.replace("2026", "2025")),),
    ),
    Broken(
        "J03",
        f"{PLACE}/editions/0001.json: it is of schema 3; this version of auditbook knows 1 to 2. [J03]",
        (record(_newer),),
    ),
    Broken(
        "J03",
        f"{PLACE}: its newest edition holds figures alone; the partnership publishes once with this version. [J03]",
        (record(edition=replace(EDITION, codebook=None)),),
    ),
    Broken(
        "J04",
        f"{PLACE}: it does not say whose it is; the partnership gives its name in book/brand.yml, and publishes again. "
        "[J04]",
        (record(edition=replace(EDITION, publisher="")),),
    ),
    Broken(
        "J04",
        f"{PLACE}: it is a book of several partnerships; join the editions of each of them. [J04]",
        (record(edition=OF_A_JOINED_BOOK),),
    ),
    Broken(
        "J04",
        "data/partners/North East: a partner's folder takes small letters, digits and hyphens; join makes it. [J04]",
        (record(), lambda data: (data / "partners" / "North East").mkdir()),
    ),
    Broken(
        "F01",
        "data/partners/theme.csv: no such file belongs here. Nearest: themes.csv. [F01]",
        (record(), lambda data: (data / "partners" / "theme.csv").touch()),
    ),
    Broken(
        "J05",
        'data/partners/themes.csv:2: theme: "voice" is no theme of north. Nearest: voice_of_child. [J05]',
        (record(themes="north,voice,"),),
    ),
    Broken(
        "J05",
        'data/partners/themes.csv:2: partner: "south" is no partner of this book. Nearest: north. [J05]',
        (record(themes="south,drift,"),),
    ),
    Broken(
        "J05",
        'data/partners/themes.csv:2: shared: "harm" is no theme of any partner. [J05]',
        (record(themes="north,drift,harm"),),
    ),
    Broken(
        "J05",
        "data/partners/themes.csv:2: shared: voice_of_child and drift of north would be one; their figures cannot be "
        "added up. [J05]",
        (record(themes="north,drift,voice_of_child"),),
    ),
]


@pytest.mark.parametrize("each", BROKEN, ids=str)
def test_what_was_handed_over_and_may_not_be_taken_is_told_in_one_message(each, tmp_path):
    assert lines_of(tmp_path, *each.changes) == [each.message]
