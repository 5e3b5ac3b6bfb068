"""What an edition holds so that it can be handed over (`auditbook join`): the words of its pages, and its codebook."""

import json
import re
from dataclasses import replace
from typing import Any

from auditbook.briefing.brand import read_brand
from auditbook.briefing.inline import SAFE_LINK
from auditbook.briefing.model import Box, Briefing, Chart, Run, Table, with_runs
from auditbook.build.shown import Shown, ShownAudit
from auditbook.engine.typed_json import from_plain, to_json
from auditbook.evidence.records import BOXES
from auditbook.leaks.scanner import Scanner
from auditbook.pages.standing import Standing
from auditbook.project import EDITIONS, Project
from auditbook.release.edition import Edition
from auditbook.release.edition_texts import BRIEFING_TEXTS, codebook_record, edition_texts
from auditbook.release.partner_audits import NOT_WRITTEN
from auditbook.release.partners import NOT_AS_WRITTEN, Partner, audit_in_words
from auditbook.validation.problems import Place, Refusals

ADDRESS_OF_LINK = re.compile(r"[^<>\"`\\]+")
"""What an address of a link is made of, once Markdown was read; else it would end before its end."""
COLUMN_SIDES = ("left", "right", "center")


def with_texts(edition: Edition, project: Project, shown: Shown) -> Edition:
    """The edition with what is published beside its figures."""
    shown_audits = {str(audit.released.audit_id): audit for audit in shown.audits}
    audits = {name: replace(content, texts=_texts(shown_audits[name])) for name, content in edition.audits.items()}
    publisher, codebook = read_brand(project).name, codebook_record(shown.codebook)
    return replace(edition, audits=audits, publisher=publisher, codebook=codebook)


def _texts(audit: ShownAudit) -> dict[str, Any]:
    return edition_texts(audit.released) | {BRIEFING_TEXTS: briefing_record(audit.briefing)}


def briefing_record(briefing: Briefing) -> dict[str, Any]:
    """A briefing as readers have it, in what JSON has: where a fact is from and where a line stood are in no page."""
    boxes = tuple(
        replace(box, title=_printed(box.title), blocks=tuple(with_runs(block, _printed) for block in box.blocks))
        for box in briefing.boxes
    )
    return _without_lines(json.loads(to_json(Briefing(boxes), Briefing)))


def briefing_of(record: dict[str, Any]) -> Briefing:
    """What `briefing_record` gave. Raises ValueError when this is none."""
    briefing = from_plain(record, Briefing)
    if [box.number for box in briefing.boxes] != list(map(int, BOXES)) or not all(map(_is_whole, briefing.boxes)):
        raise ValueError("this is no briefing of seven boxes")
    return briefing


def briefings_of(partner: Partner, place: Place, refusals: Refusals) -> list[Briefing]:
    """The briefing of each audit that a partner handed over, in their order; J01 where one is none."""
    briefings = []
    for name, content in partner.edition.audits.items():
        try:
            briefings.append(briefing_of(content.texts[BRIEFING_TEXTS]))
        except NOT_WRITTEN:
            refusals.add(place, "J01", f"the briefing of {audit_in_words(name)} {NOT_AS_WRITTEN}")
    return briefings


def _is_whole(box: Box) -> bool:
    """Whether a box holds words, its links lead to pages of the web, and its tables have a cell in each column."""
    runs = [run for paragraph in box.paragraphs() for run in paragraph.runs]
    tables = [block for block in box.blocks if isinstance(block, Table)]
    bars = [bar for block in box.blocks if isinstance(block, Chart) for bar in block.bars]
    return (
        bool(box.heading.strip() and box.blocks)
        and all(SAFE_LINK.fullmatch(run.link) and ADDRESS_OF_LINK.fullmatch(run.link) for run in runs if run.link)
        and all(len(row) == len(table.sides) for table in tables for row in table.every_row)
        and all(set(table.sides) <= {*COLUMN_SIDES} for table in tables)
        and all(0 <= bar.share <= 1 for bar in bars)
    )


def _printed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    return tuple(Run(run.text, run.is_strong, run.is_emphasis, run.link, run.measure) for run in runs)


def _without_lines(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _without_lines(value) for name, value in part.items() if name != "line"}
    return [_without_lines(item) for item in part] if isinstance(part, list) else part


def refuse_leaking_record(standing: Standing, scanner: Scanner) -> None:
    """Search the edition that is to be recorded, if there is one, as its site was searched. Raises LeakFound."""
    for path, text in standing.files.items():
        if path.parent.name == EDITIONS:
            scanner.contents(searched_parts(text)).stop_if_any()


def searched_parts(text: str) -> dict[str, bytes]:
    """An edition's file in the parts that are searched for leaks: an audit's numbers only in what is that audit's own.

    Path, as the search knows pages of an audit → content.
    """
    edition = json.loads(text)
    parts = {f"book/audits/{name}/edition.json": audit for name, audit in edition.pop("audits").items()}
    parts |= {f"book/pooled/{name}/edition.json": pool for name, pool in edition.pop("pools").items()}
    parts["edition.json"] = edition
    return {path: json.dumps(part, ensure_ascii=False).encode() for path, part in parts.items()}
