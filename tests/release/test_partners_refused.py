"""Editions that partnerships handed over and somebody changed: refused whole, by a rule, before anything is written.

Whoever changes one can make its checksum anew: nothing but what stands in it tells then that it is none.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from editions_made import AUDIT
from partnerships import change, joined, sealed, told

from auditbook.build.handed_over import BRIEFING_TEXTS, briefing_record, briefings_of
from auditbook.release.edition import Edition
from auditbook.release.edition_texts import codebook_record, edition_texts
from auditbook.release.editions import in_edition
from auditbook.release.partner_audits import partner_audit
from auditbook.release.partners import Partner, handed_over_record, partner_of
from auditbook.validation.problems import Place, Refusals

ANEW = "take the whole folder of editions anew from the partnership. [J01]"
Harm = Callable[[dict], object]


def of_audit(*way: str | int, **fields: Any) -> Harm:
    """Other fields of what stands at the end of a way through the first audit."""

    def harm(found: dict) -> None:
        part = found["audits"][AUDIT]
        for step in way:
            part = part[step]
        part.update(fields)

    return harm


def _without_texts(found: dict) -> None:
    found["schema"] = 1
    del found["codebook"], found["publisher"]


def _without_name(found: dict) -> None:
    found["publisher"] = ""
    for audit in found["audits"].values():
        audit["texts"]["settings"].pop("partnerships", None)


def _with_a_way_out(found: dict) -> None:
    found["codebook"]["themes"]["../../about/method"] = {"id": "../../about/method", "label": "Way out"}


def _with_another_id(found: dict) -> None:
    found["codebook"]["themes"]["child_voice"]["id"] = "drift_and_delay"


def _of_an_audit_elsewhere(found: dict) -> None:
    found["audits"]["../../x"] = found["audits"].pop(AUDIT)


def _without_a_figures_precision(found: dict) -> None:
    del found["audits"][AUDIT]["figures"]["measures"][0]["precision"]


def _of_six_boxes(found: dict) -> None:
    found["audits"][AUDIT]["texts"][BRIEFING_TEXTS]["boxes"].pop()


def _nested_too_deep(found: dict) -> None:
    block: dict = {"runs": [{"text": "x"}]}
    for _ in range(150):
        block = {"items": [[block]]}
    found["audits"][AUDIT]["texts"][BRIEFING_TEXTS]["boxes"][0]["blocks"] = [block]


def _with_a_number_where_it_is_withheld(found: dict) -> None:
    found["audits"][AUDIT]["figures"]["measures"][0]["status"] = "suppressed"


TITLE = ("texts", BRIEFING_TEXTS, "boxes", 0)
FIGURE = ("figures", "measures", 0)
OF_THE_RECORD = [
    ("note", lambda found: found.update(note="Better."), False, "is not as it was written"),
    ("figure", lambda found: found["audits"][AUDIT]["figures"]["measures"].pop(), False, "is not as it was written"),
    ("another number", lambda found: found.update(edition=2), True, "is not as it was written"),
]
OF_ANOTHER = [
    ("newer", lambda found: found.update(schema=3), "J03", "schema 3; this version of auditbook knows 1 to 2"),
    ("first", _without_texts, "J03", "figures alone"),
    ("nameless", _without_name, "J04", "does not say whose it is"),
    ("joined", of_audit(collection="partner-northshire"), "J04", "a book of several partnerships"),
]
NOT_WRITTEN_BY_US = [
    ("schema", lambda found: found.pop("schema"), "this is no edition"),
    ("listed number", lambda found: found.update(edition=[1]), "this is no edition"),
    ("collection", of_audit(collection=7), "this is no edition"),
    ("publisher", lambda found: found.update(publisher=["Southshire"]), "this is no edition"),
    ("pages", lambda found: found.update(pages=3), "this is no edition"),
    ("figures", of_audit("figures", measures={}), "this is no edition"),
    ("path", _with_a_way_out, "its codebook"),
    ("theme", _with_another_id, "its codebook"),
    ("no codebook", lambda found: found.update(codebook=[]), "its codebook"),
    ("device", lambda found: found["codebook"]["themes"].update(con={"id": "con", "label": "x"}), "its codebook"),
    ("elsewhere", _of_an_audit_elsewhere, "one of its audits"),
    ("html", of_audit(*FIGURE, value="<b>7</b>"), f"its audit {AUDIT}"),
    ("unknown profile", of_audit("figures", profile="open"), f"its audit {AUDIT}"),
    ("internal", of_audit("figures", profile="internal"), f"its audit {AUDIT}"),
    ("pooled", of_audit("figures", profile="pooled"), f"its audit {AUDIT}"),
    ("another's figures", of_audit("figures", audit="2025-26-Q4"), f"its audit {AUDIT}"),
    ("precision", _without_a_figures_precision, f"its audit {AUDIT}"),
    ("withheld", _with_a_number_where_it_is_withheld, f"its audit {AUDIT}"),
    ("unknown measure", of_audit(*FIGURE, id="sex.F.<b>"), f"its audit {AUDIT}"),
    ("number of findings", of_audit("texts", findings=3), f"its audit {AUDIT}"),
    ("follows", of_audit("texts", "recommendations", 0, follows="<b>7</b>"), f"its audit {AUDIT}"),
    ("key", of_audit("texts", more="than an edition has"), f"its audit {AUDIT}"),
    ("control character", of_audit("texts", "settings", remit="\x00"), f"its audit {AUDIT}"),
    ("script", of_audit(*TITLE, title=[{"text": "x", "link": "javascript:alert(1)"}]), "the briefing of its audit"),
    ("markup", of_audit(*TITLE, title=[{"text": "x", "link": "https://x<img>"}]), "the briefing of its audit"),
    ("six boxes", _of_six_boxes, "the briefing of its audit"),
    ("empty box", of_audit(*TITLE, blocks=[]), "the briefing of its audit"),
    ("deep", _nested_too_deep, "the briefing of its audit"),
    ("ragged table", of_audit(*TITLE, blocks=[{"header": [], "rows": [], "sides": ["left"]}]), "the briefing of"),
]


def refused(handed_over: Path, harm: Harm, is_sealed: bool = True) -> str:
    """What join says of the second partnership, whose edition is harmed; nothing is written."""
    change(handed_over / "south" / "editions" / "0001.json", harm, is_sealed)
    said = told(lambda: joined(handed_over))
    assert said.startswith("south/editions") and "north" not in said and not (handed_over / "region").exists()
    return said


def named(rows: list[tuple]) -> list:
    return [pytest.param(*row[1:], id=row[0]) for row in rows]


@pytest.mark.parametrize(("harm", "is_sealed", "problem"), named(OF_THE_RECORD))
def test_a_record_that_is_not_as_it_was_written_is_refused(handed_over, harm, is_sealed, problem):
    said = refused(handed_over, harm, is_sealed)
    assert problem in said and "Take the whole folder of editions anew from the partnership. [J02]" in said


@pytest.mark.parametrize(("harm", "rule", "problem"), named(OF_ANOTHER))
def test_an_edition_of_another_version_or_of_nobody_is_refused(handed_over, harm, rule, problem):
    said = refused(handed_over, harm)
    assert problem in said and f"[{rule}]" in said


@pytest.mark.parametrize(("harm", "problem"), named(NOT_WRITTEN_BY_US))
def test_what_only_looks_like_an_edition_inside_is_refused_with_what_to_do(handed_over, harm, problem):
    said = refused(handed_over, harm)
    assert problem in said and said.endswith(ANEW)


@pytest.mark.parametrize("content", ["[]", '{"edition": Infinity, "checksum": ""}', "[" * 100_000])
def test_a_note_of_the_last_edition_that_nobody_wrote_is_refused(handed_over, content):
    last = handed_over / "south" / ".last-edition"
    last.write_text(content)
    assert "cannot be read. Take the whole folder" in told(lambda: joined(handed_over))
    assert not (handed_over / "region").exists()


def test_every_partnership_that_cannot_be_taken_is_told_at_once(handed_over):
    for name in ("north", "south"):
        change(handed_over / name / "editions" / "0001.json", of_audit("figures", profile="internal"))
    said = told(lambda: joined(handed_over)).splitlines()
    assert [line.partition("/")[0] for line in said] == ["north", "south"]


OTHER_VALUES = (7, 1.5, True, None, [], {}, [7], "", "<b>7</b>", "../../x", "long " * 5_000, "\x00")
KEYS_OF_LISTS = ("audits", "variables", "themes", "agencies", "scales", "questions", "bands")


def test_a_field_of_another_kind_is_refused_by_a_rule_or_means_what_it_says(handed_over):
    """Each kind of field of a real edition, a few other values each: what is read from it says what stands there."""
    path = handed_over / "south" / "editions" / "0001.json"
    written = json.loads(path.read_text("utf-8"))
    kinds = {_kind(way): way for way in _ways({each: written[each] for each in ("publisher", "audits", "codebook")})}
    assert len(kinds) > 120
    for number, way in enumerate(kinds.values()):
        for value in OTHER_VALUES[number % 4 :: 4]:
            edition = json.loads(json.dumps(written))
            _put(edition, way, value)
            path.write_text(json.dumps(sealed(edition)), "utf-8")
            partner, refusals = _read(path.parent)
            if partner is None or refusals.found:
                assert all(str(each).endswith(("[J01]", "[J02]", "[J04]")) for each in refusals.found), (way, value)
                assert refusals.found, (way, value)
            else:
                assert _as_handed_over(partner.edition) == _as_read(partner), (way, value)


def _ways(found: Any, way: tuple = ()) -> Iterator[tuple]:
    if way:
        yield way
    if isinstance(found, dict | list):
        for step, part in found.items() if isinstance(found, dict) else enumerate(found):
            yield from _ways(part, (*way, step))


def _kind(way: tuple) -> tuple:
    """A way, with any number or id in the place of each."""
    before = (None, *way)
    return tuple(
        "*" if isinstance(step, int) or before[place] in KEYS_OF_LISTS else step for place, step in enumerate(way)
    )


def _put(edition: dict, way: tuple, value: object) -> None:
    part: Any = edition
    for step in way[:-1]:
        part = part[step]
    part[way[-1]] = value


def _read(editions: Path) -> tuple[Partner | None, Refusals]:
    refusals, name = Refusals(), "south/editions"
    record = handed_over_record(editions, editions / "none", name, refusals)
    partner = partner_of(record, name, refusals) if record else None
    if partner:
        briefings_of(partner, Place(name), refusals)
    return partner, refusals


def _as_handed_over(edition: Edition) -> list:
    audits = [[each.title, each.figures, each.texts] for each in edition.audits.values()]
    return _told([audits, edition.codebook])


def _as_read(partner: Partner) -> list:
    """The same, written again from what was read."""
    audits = []
    briefings = briefings_of(partner, Place(""), Refusals())
    for (name, content), briefing in zip(partner.edition.audits.items(), briefings, strict=True):
        figures = partner_audit(name, content, partner.codebook)
        texts = edition_texts(figures) | {BRIEFING_TEXTS: briefing_record(briefing)}
        audits.append([figures.settings.title, in_edition(figures, "").figures, texts])
    return _told([audits, codebook_record(partner.codebook)])


def _told(found: Any) -> Any:
    """Without what is as it is where nothing is said: an edition need not say it."""
    if isinstance(found, dict):
        said = {name: _told(part) for name, part in found.items()}
        return {name: part for name, part in said.items() if part not in ("", None, [], {}, False)}
    return [_told(each) for each in found] if isinstance(found, list) else found
