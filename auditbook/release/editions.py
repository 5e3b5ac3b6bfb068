"""Editions: what was published, on which day. A later one is compared with every earlier one, for readers keep both.

`data/editions/0001.json` and so on hold what the published pages hold, figures and texts, and checksums of public
words, so that they may lie in git where the audits' own data may not. Each names the checksum of the one before;
`data/.last-edition` names the last. What does not fit together was changed or lost, and then nobody can tell what a new
edition would reveal.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from auditbook.project import EDITIONS, Project
from auditbook.release.edition import Change, Edition, EditionRecord, InEdition, Withdrawn
from auditbook.release.figures import ReleasedMeasure
from auditbook.release.profiles import POOLED
from auditbook.release.released import FIELDS, Released

EDITION_SCHEMA = 2
"""1 had no texts, no codebook and no publisher; a book goes on from it as it is."""
LAST_FILE = ".last-edition"
"""A file of `data/`: number and checksum of the last edition, so that a record that was lost is missed."""
EDITION_FILES = "[0-9]*.json"
OF_EDITION = "_of_edition"
"""Behind the name of a part: the number of the earlier edition in which it stands."""
STATED = "statement"
"""What a phrase says: in an edition beside what `measures.json` has, so that a correction can be told in words."""


def in_edition(released: Released, words: str) -> InEdition:
    """What an edition keeps of an audit or a pool, but its texts.

    words  checksum of its words (`public_words.audit_words`)
    """
    release = released.as_json()
    statements = {figure.id: figure.statement for figure in released if figure.statement}
    measures = [_without_empty(measure) | _stated(statements.get(measure["id"])) for measure in release["measures"]]
    bands = {name: [[band.low, band.high, band.count] for band in bands] for name, bands in released.bands.items()}
    content = {"audit": release["audit"], "profile": release["profile"], "measures": measures}
    content |= {"bands": bands} if bands else {}
    return InEdition(released.settings.title, released.settings.collection, words, _filled(content))


def _stated(statement: str | None) -> dict[str, str]:
    return {STATED: statement} if statement else {}


def _without_empty(measure: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in measure.items() if value is not None}


def _filled(figures: Mapping[str, Any]) -> dict[str, Any]:
    """The figures with every field of a measure, as `measures.json` has them."""
    measures = [{**dict.fromkeys(FIELDS), **measure} for measure in figures["measures"]]
    return {"bands": {}, **figures, "measures": measures}


def figures_of(content: InEdition) -> dict[str, ReleasedMeasure]:
    """Measure id → its figure, to be put into words."""
    return {measure["id"]: ReleasedMeasure.from_record(measure) for measure in content.figures["measures"]}


def releases(editions: Iterable[Edition], audit: object) -> list[tuple[Edition, InEdition]]:
    """Every release of an audit that was published, oldest first, each once, with the edition that published it first.

    audit  an audit id; or the id of audits released together, for which every pool ever published is given
    """
    published: list[tuple[Edition, InEdition]] = []
    for edition in editions:
        for content in (*edition.audits.values(), *edition.pools.values()):
            is_meant = content.figures["audit"] == str(audit)
            is_meant = is_meant or ("+" in str(audit) and content.figures["profile"] == POOLED)
            if is_meant and all(content.figures != other.figures for _, other in published):
                published.append((edition, content))
    return published


def editions_folder(project: Project) -> Path:
    return project.data / EDITIONS


def edition_path(project: Project, number: int) -> Path:
    return editions_folder(project) / _file_name(number)


def _file_name(number: int) -> str:
    return f"{number:04}.json"


def last_path(project: Project) -> Path:
    return project.data / LAST_FILE


def read_editions(project: Project) -> EditionRecord:
    """The record of a project's editions."""
    return read_record(editions_folder(project), last_path(project), project.name_of)


def read_record(folder: Path, last: Path, name_of: Callable[[Path], str]) -> EditionRecord:
    """A record of editions. One that cannot be read, does not follow on, or is missing, is its problem.

    last     the file that names the last one, which need not be there
    name_of  how messages call a file
    """
    editions: list[Edition] = []
    problem = ""
    for path in sorted(folder.glob(EDITION_FILES)):
        try:
            fields = json.loads(path.read_text("utf-8"))
            edition, is_as_written = _read(fields, editions), fields["checksum"] == _checksum(fields)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            problem = problem or f"{name_of(path)} cannot be read."
            continue
        before = editions[-1].checksum if editions else ""
        if path.name != _file_name(edition.number) or not is_as_written:
            problem = problem or f"{name_of(path)} is not as it was written."
        elif edition.previous != before or edition.number != len(editions) + 1:
            name = name_of(folder / _file_name(edition.number - 1))
            problem = problem or f"{name}, the edition before {path.name}, is missing or another one."
        editions.append(edition)
    last_number, lost = _last_known(folder, last, editions, name_of)
    return EditionRecord(tuple(editions), problem or lost, last_number)


def _last_known(folder: Path, path: Path, editions: list[Edition], name_of: Callable[[Path], str]) -> tuple[int, str]:
    """The number of the last edition as `data/.last-edition` has it, and what is wrong with the record beside it."""
    if not path.is_file():
        return 0, ""
    try:
        last = json.loads(path.read_text("utf-8"))
        number, mark = int(last["edition"]), str(last["checksum"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, f"{name_of(path)} cannot be read."
    if any(edition.number == number and edition.checksum == mark for edition in editions):
        return number, ""
    return number, f"{name_of(folder / _file_name(number))}, which was published, is missing or another one."


def _read(fields: dict[str, Any], before: list[Edition]) -> Edition:
    if fields["schema"] not in (1, EDITION_SCHEMA):
        raise ValueError
    return Edition(
        number=fields["edition"],
        date=date.fromisoformat(fields["date"]),
        by=fields["by"],
        note=fields["note"],
        changes=tuple(Change(**change) for change in fields["changes"]),
        withdrawn=tuple(Withdrawn(**row) for row in fields["withdrawn"]),
        pages=fields["pages"],
        audits={name: _content(name, audit, before, "audits") for name, audit in fields["audits"].items()},
        pools={name: _content(name, pool, before, "pools") for name, pool in fields["pools"].items()},
        previous=fields["previous"],
        checksum=fields["checksum"],
        publisher=fields.get("publisher", ""),
        codebook=_of_earlier(fields, "codebook", before, lambda edition: edition.codebook),
    )


def _content(name: str, fields: dict[str, Any], before: list[Edition], kind: str) -> InEdition:
    """What stands of an audit; figures and texts that an earlier edition has are looked up there."""

    def part(of: str) -> dict[str, Any] | None:
        return _of_earlier(fields, of, before, lambda edition: getattr(getattr(edition, kind)[name], of))

    return InEdition(fields["title"], fields["collection"], fields["words"], _filled(part("figures")), part("texts"))


def _of_earlier(
    fields: dict[str, Any], part: str, before: list[Edition], look_up: Callable[[Edition], Any]
) -> dict[str, Any] | None:
    """A part that stands there itself, or in an earlier edition that is named by its number."""
    number = fields.get(f"{part}{OF_EDITION}")
    return fields.get(part) if number is None else look_up({edition.number: edition for edition in before}[number])


def sealed_edition(edition: Edition, before: EditionRecord) -> tuple[Edition, str]:
    """The edition with the checksum of the one before and its own, and the text of its file.

    Figures, texts and lists that are as in an earlier edition are named by its number there, and not repeated.
    """
    edition = replace(edition, previous=before.last.checksum if before.last else "")
    fields = {
        "schema": EDITION_SCHEMA,
        "edition": edition.number,
        "date": edition.date.isoformat(),
        "by": edition.by,
        "note": edition.note,
        "publisher": edition.publisher,
        "changes": [{name: text for name, text in asdict(change).items() if text} for change in edition.changes],
        "withdrawn": list(map(asdict, edition.withdrawn)),
        "pages": edition.pages,
        "audits": {name: _written(name, audit, before, "audits") for name, audit in edition.audits.items()},
        "pools": {name: _written(name, pool, before, "pools") for name, pool in edition.pools.items()},
        **_once("codebook", edition.codebook, before, lambda earlier: earlier.codebook),
        "previous": edition.previous,
    }
    fields["checksum"] = _checksum(fields)
    return replace(edition, checksum=fields["checksum"]), json.dumps(fields, ensure_ascii=False, indent=1) + "\n"


def _checksum(fields: Mapping[str, Any]) -> str:
    """Of everything in a file but the checksum itself; the same however the file is spaced."""
    content = {name: value for name, value in fields.items() if name != "checksum"}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _written(name: str, content: InEdition, before: EditionRecord, kind: str) -> dict[str, Any]:
    def as_written(of: str, value: Any) -> dict[str, Any]:
        having = replace(before, editions=[edition for edition in before.editions if name in getattr(edition, kind)])
        return _once(of, value, having, lambda earlier: getattr(getattr(earlier, kind)[name], of))

    figures = as_written("figures", content.figures)
    if "figures" in figures:
        figures["figures"] = {
            **content.figures,
            "measures": [_without_empty(measure) for measure in figures["figures"]["measures"]],
        }
    about = {"title": content.title, "collection": content.collection, "words": content.words}
    return about | figures | as_written("texts", content.texts)


def _once(part: str, value: Any, before: EditionRecord, look_up: Callable[[Edition], Any]) -> dict[str, Any]:
    """A part as it is written: the number of the edition that has it already, or itself; nothing without one."""
    if value is None:
        return {}
    number = next((edition.number for edition in before.editions if look_up(edition) == value), None)
    return {part: value} if number is None else {f"{part}{OF_EDITION}": number}


def last_text(edition: Edition) -> str:
    """The content of `data/.last-edition`."""
    return json.dumps({"edition": edition.number, "checksum": edition.checksum}) + "\n"
