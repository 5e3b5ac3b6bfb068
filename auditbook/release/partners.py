"""What partnerships handed over, `data/partners/<partner>/`: their editions, checked, as released figures again.

A joined book shows what each published, and nothing more: it has no row of anybody. Everything of a partnership gets
its name: audits (`2025-26-Q1-northshire`) and their collection (`partner-northshire`), so that nothing which keeps
collections apart can count or compare the figures of two of them.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.quarter import AuditId
from auditbook.evidence.settings import SYNTHETIC
from auditbook.evidence.threads import AN_AUDIT
from auditbook.project import EDITIONS, Project
from auditbook.release.edition import Edition, EditionRecord
from auditbook.release.edition_texts import codebook_of, released_of
from auditbook.release.editions import EDITION_FILES, EDITION_SCHEMA, LAST_FILE, read_record
from auditbook.release.released import HandedOver, Released
from auditbook.release.shared_themes import THEMES_FILE, SharedThemes, read_shared_themes
from auditbook.release.texts import Recommendation
from auditbook.validation.files import is_left_behind
from auditbook.validation.problems import Place, Refusals, nearest

PARTNER_OF = ("partner", SYNTHETIC)
"""Beginnings of the collections of partners, of real audits and of made-up ones."""
OFFICIAL_WORDS = ("safeguarding", "children", "childrens", "partnership", "board")
COMMON_WORDS = (*OFFICIAL_WORDS, "and", "the", "of", "s")
"""Words in the names of partnerships that tell none from another."""
LONGEST_PARTNER = 24
"""Letters of a partner's id: it stands in many paths, and Windows counts their letters."""
PARTNER_IDS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
IDS = re.compile(r"[a-z0-9_]+", re.ASCII)
"""What an id may look like: it becomes the name of a file."""


@dataclass(frozen=True)
class Partner:
    """One partnership: its id here, its name, its newest edition, and the codebook of that."""

    id: str
    name: str
    edition: Edition
    codebook: Codebook

    def released(self, themes: SharedThemes) -> Iterator[tuple[Released, dict[str, Any]]]:
        """Each of its audits as released figures, with the texts that its edition has of it."""
        edition = self.edition
        source = HandedOver(self.id, self.name, edition.number, edition.date, edition.checksum)
        for name, content in edition.audits.items():
            own = released_of(content, AuditId.read(name), self.codebook, handed_over=source)
            yield themes.shared(_as_partners(own, self.id), self.id), content.texts or {}


def partner_id(name: str) -> str:
    """`northshire` of Northshire Safeguarding Children Partnership."""
    words = re.findall(r"[a-z0-9]+", name.casefold())
    telling = [word for word in words if word not in COMMON_WORDS] or words
    return "-".join(telling)[:LONGEST_PARTNER].strip("-")


def short_name(name: str) -> str:
    """`North and South` of North and South Safeguarding Children Partnership; a name without more stays whole."""
    kept = [word for word in name.split() if re.sub(r"\W", "", word.casefold()) not in OFFICIAL_WORDS]
    return " ".join(kept) if partner_id(" ".join(kept)) not in ("", "the") else name


def read_partners(project: Project, refusals: Refusals) -> list[Partner]:
    """Every partner of a project, by id; none where nothing was handed over. Problems go to `refusals`."""
    found = []
    for path in sorted(each for each in project.partners.glob("*") if not is_left_behind(each.name)):
        name = project.name_of(path)
        if path.is_dir() and PARTNER_IDS.fullmatch(path.name):
            found.append(read_partner(path, name, refusals))
        elif path.is_dir():
            problem = "a partner's folder takes small letters, digits and hyphens; join makes it."
            refusals.add(Place(name), "J04", problem)
        elif path.name != THEMES_FILE:
            refusals.add(Place(name), "F01", "no such file belongs here.", nearest(path.name, [THEMES_FILE]))
    return [partner for partner in found if partner is not None]


def handed_over_audits(project: Project) -> list[Released]:
    """Every audit that was handed over, oldest first. Raises InputRefused (J01 to J05)."""
    refusals = Refusals()
    partners = read_partners(project, refusals)
    themes = read_shared_themes(project, {each.id: each.codebook for each in partners}, refusals)
    refusals.stop_if_any()
    released = (figures for partner in partners for figures, _ in partner.released(themes))
    return sorted(released, key=lambda figures: figures.audit_id)


def read_partner(folder: Path, name: str, refusals: Refusals) -> Partner | None:
    """The partner whose editions lie in `folder/editions`; None, and the refusal (J01 to J04), where it may not be
    taken."""
    record = handed_over_record(folder / EDITIONS, folder / LAST_FILE, f"{name}/{EDITIONS}", refusals)
    partner = partner_of(record, name, refusals) if record else None
    return partner and replace(partner, id=folder.name)


def handed_over_record(editions: Path, last: Path, name: str, refusals: Refusals) -> EditionRecord | None:
    """A record of editions that came from elsewhere: whole, as it was written, and of a schema that is known here."""
    paths = sorted(editions.glob(EDITION_FILES))
    if not paths:
        refusals.add(Place(name), "J01", "no edition lies here; a partnership hands over its folder data/editions.")
        return None
    known = len(refusals.found)
    for path in paths:
        _refuse_schema(path, f"{name}/{path.name}", refusals)
    if len(refusals.found) > known:
        return None
    record = read_record(editions, last, lambda path: f"{name}/{path.name}")
    if record.problem:
        problem = f"{record.problem} Take the whole folder of editions anew from the partnership."
        refusals.add(Place(name), "J02", problem)
        return None
    return record


def _refuse_schema(path: Path, name: str, refusals: Refusals) -> None:
    try:
        schema = json.loads(path.read_text("utf-8"))["schema"] if path.is_file() and not path.is_symlink() else None
    except (OSError, ValueError, KeyError, TypeError):
        refusals.add(Place(name), "J01", "this is no edition.")
        return
    if not isinstance(schema, int):
        refusals.add(Place(name), "J01", "this is no edition.")
    elif not 1 <= schema <= EDITION_SCHEMA:
        problem = f"it is of schema {schema}; this version of auditbook knows 1 to {EDITION_SCHEMA}."
        refusals.add(Place(name), "J03", problem)


def partner_of(record: EditionRecord, name: str, refusals: Refusals) -> Partner | None:
    """The partner whose record this is; None where its newest edition holds no texts, or does not say whose it is."""
    edition, place = record.last, Place(name)
    if edition is None or not edition.has_texts:
        problem = "its newest edition holds figures alone; the partnership publishes once with this version."
        refusals.add(place, "J03", problem)
        return None
    try:
        codebook = codebook_of(edition.codebook or {})
        told = [name for each in edition.audits.values() for name in each.texts["settings"].get("partnerships", ())]
        called = edition.publisher or max(dict.fromkeys(told), key=told.count, default="")
    except (ValueError, TypeError, KeyError, AttributeError):
        refusals.add(place, "J01", "this is no edition.")
        return None
    if any(each.collection.partition("-")[2] for each in edition.audits.values()):
        refusals.add(place, "J04", "it is a book of several partnerships; join the editions of each of them.")
    elif not partner_id(called):
        problem = "it does not say whose it is; the partnership gives its name in book/brand.yml, and publishes again."
        refusals.add(place, "J04", problem)
    elif not _are_ids([*codebook.themes, *codebook.agencies, *codebook.variables, *codebook.questions]):
        refusals.add(place, "J01", "this is no edition.")
    else:
        return Partner(partner_id(called), called, edition, codebook)
    return None


def _are_ids(ids: list[str]) -> bool:
    return all(map(IDS.fullmatch, ids))


def _as_partners(figures: Released, partner: str) -> Released:
    """Everything by the names that it has in a joined book."""
    settings = figures.settings
    beginning = PARTNER_OF[settings.is_made_up]
    earlier = settings.re_audit_of and str(_with_partner(AuditId.read(settings.re_audit_of), partner))
    changes = {"collection": f"{beginning}-{partner}", "re_audit_of": earlier}
    return replace(
        figures,
        audit_id=_with_partner(figures.audit_id, partner),
        settings=settings.model_copy(update=changes),
        recommendations=tuple(_recommendation(each, partner) for each in figures.recommendations),
    )


def _with_partner(audit_id: AuditId, partner: str) -> AuditId:
    return replace(audit_id, slug="-".join(filter(None, [partner, audit_id.slug])))


def _recommendation(asked: Recommendation, partner: str) -> Recommendation:
    follows = AN_AUDIT.sub(lambda found: str(_with_partner(AuditId.read(found[0]), partner)), asked.follows)
    thread = tuple(replace(step, audit=_with_partner(step.audit, partner)) for step in asked.thread)
    said_in = asked.said_in and _with_partner(asked.said_in, partner)
    return replace(asked, follows=follows, thread=thread, said_in=said_in)
