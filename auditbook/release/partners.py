"""What partnerships handed over, `data/partners/<partner>/`: their editions, checked, as released figures again.

A joined book shows what each published, and nothing more: it has no row of anybody. Everything of a partnership gets
its name: audits (`2025-26-Q1-northshire`) and their collection (`partner-northshire`), so that nothing which keeps
collections apart can count or compare the figures of two of them.
"""

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.quarter import AuditId
from auditbook.engine.typed_json import from_plain
from auditbook.evidence.settings import SYNTHETIC
from auditbook.evidence.threads import AN_AUDIT
from auditbook.project import EDITIONS, Project
from auditbook.release.edition import Edition, EditionRecord
from auditbook.release.editions import EDITION_FILES, EDITION_SCHEMA, LAST_FILE, read_record
from auditbook.release.partner_audits import NOT_WRITTEN, partner_audit, partner_codebook, refuse_unwritten
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
NOT_AS_WRITTEN = "is not as auditbook publish writes it; take the whole folder of editions anew from the partnership."


@dataclass(frozen=True)
class Partner:
    """One partnership, its newest edition read whole.

    id      what it is called here, `northshire`
    audits  its audits as released figures, in the order of the edition, by the names that they have in a joined book
    """

    id: str
    name: str
    edition: Edition
    codebook: Codebook
    audits: tuple[Released, ...]

    def released(self, themes: SharedThemes) -> list[Released]:
        """Each of its audits, with its themes as they are followed here."""
        return [themes.shared(audit, self.id) for audit in self.audits]


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
    partners = []
    for path in sorted(path for path in project.partners.glob("*") if not is_left_behind(path.name)):
        name = project.name_of(path)
        if path.is_dir() and PARTNER_IDS.fullmatch(path.name):
            partners.append(read_partner(path, name, refusals))
        elif path.is_dir():
            problem = "a partner's folder takes small letters, digits and hyphens; join makes it."
            refusals.add(Place(name), "J04", problem)
        elif path.name != THEMES_FILE:
            refusals.add(Place(name), "F01", "no such file belongs here.", nearest(path.name, [THEMES_FILE]))
    return [partner for partner in partners if partner is not None]


def handed_over_audits(project: Project) -> list[Released]:
    """Every audit that was handed over, oldest first. Raises InputRefused (J01 to J05)."""
    refusals = Refusals()
    partners = read_partners(project, refusals)
    themes = read_shared_themes(project, {partner.id: partner.codebook for partner in partners}, refusals)
    refusals.stop_if_any()
    released = (audit for partner in partners for audit in partner.released(themes))
    return sorted(released, key=lambda audit: audit.audit_id)


def read_partner(folder: Path, name: str, refusals: Refusals) -> Partner | None:
    """The partner whose editions lie in `folder/editions`; None, and the refusal (J01 to J04), where it may not be
    taken."""
    record = handed_over_record(folder / EDITIONS, folder / LAST_FILE, f"{name}/{EDITIONS}", refusals)
    return partner_of(record, name, refusals, folder.name) if record else None


def handed_over_record(editions: Path, last: Path, name: str, refusals: Refusals) -> EditionRecord | None:
    """A record of editions that came from elsewhere: whole, as it was written, and of a schema that is known here."""
    paths = sorted(editions.glob(EDITION_FILES))
    if not paths:
        refusals.add(Place(name), "J01", "no edition lies here; a partnership hands over its folder data/editions.")
        return None
    count = len(refusals.found)
    for path in paths:
        _refuse_unwritten(path, f"{name}/{path.name}", refusals)
    if len(refusals.found) > count:
        return None
    try:
        record = read_record(editions, last, lambda path: f"{name}/{path.name}")
    except (OverflowError, RecursionError):  # a number, or a nesting, that nobody writes
        record = EditionRecord(problem=f"{name}/{last.name} cannot be read.")
    if record.problem:
        problem = f"{record.problem} Take the whole folder of editions anew from the partnership."
        refusals.add(Place(name), "J02", problem)
        return None
    return record


def _refuse_unwritten(path: Path, name: str, refusals: Refusals) -> None:
    """Refuse a file that is no edition of a schema that is known here."""
    try:
        if path.is_symlink() or not path.is_file():
            raise ValueError
        content = json.loads(path.read_text("utf-8"))
        schema = from_plain(content["schema"], int)
        if 1 <= schema <= EDITION_SCHEMA:
            refuse_unwritten(content)
        else:
            problem = f"it is of schema {schema}; this version of auditbook knows 1 to {EDITION_SCHEMA}."
            refusals.add(Place(name), "J03", problem)
    except NOT_WRITTEN:
        problem = "this is no edition; take the whole folder of editions anew from the partnership."
        refusals.add(Place(name), "J01", problem)


def partner_of(record: EditionRecord, name: str, refusals: Refusals, id: str = "") -> Partner | None:
    """The partner whose record this is, read whole; None, and the refusal, where its newest edition may not be taken.

    id  what it is called here; by default, by its name
    """
    edition, place = record.last, Place(name)
    if edition is None or not edition.has_texts:
        problem = "its newest edition holds figures alone; the partnership publishes once with this version."
        refusals.add(place, "J03", problem)
        return None
    if any(audit.collection.partition("-")[2] for audit in edition.audits.values()):
        refusals.add(place, "J04", "it is a book of several partnerships; join the editions of each of them.")
        return None
    try:
        codebook = partner_codebook(edition)
    except NOT_WRITTEN:
        refusals.add(place, "J01", f"its codebook {NOT_AS_WRITTEN}")
        return None
    audits = _audits(edition, codebook, place, refusals)
    if audits is None:
        return None
    called = edition.publisher or _called_by(audits)
    id = id or partner_id(called)
    if not partner_id(called):
        problem = "it does not say whose it is; the partnership gives its name in book/brand.yml, and publishes again."
        refusals.add(place, "J04", problem)
        return None
    source = HandedOver(id, called, edition.number, edition.date, edition.checksum)
    return Partner(id, called, edition, codebook, tuple(_as_partners(audit, source) for audit in audits))


def _audits(edition: Edition, codebook: Codebook, place: Place, refusals: Refusals) -> list[Released] | None:
    """Every audit of an edition; None, and a refusal each, where one is not as it was written."""
    audits = []
    for name, content in edition.audits.items():
        try:
            audits.append(partner_audit(name, content, codebook))
        except NOT_WRITTEN:
            refusals.add(place, "J01", f"{audit_in_words(name)} {NOT_AS_WRITTEN}")
    return audits if len(audits) == len(edition.audits) else None


def audit_in_words(name: str) -> str:
    """An audit of an edition; one that has no name of an audit is not named, for what it is called was made up."""
    try:
        return f"its audit {AuditId.read(name)}"
    except ValueError:
        return "one of its audits"


def _as_partners(released: Released, source: HandedOver) -> Released:
    """Everything by the names that it has in a joined book."""
    settings, partner = released.settings, source.partner
    beginning = PARTNER_OF[settings.is_made_up]
    earlier = settings.re_audit_of and str(_with_partner(AuditId.read(settings.re_audit_of), partner))
    changes = {"collection": f"{beginning}-{partner}", "re_audit_of": earlier}
    return replace(
        released,
        audit_id=_with_partner(released.audit_id, partner),
        settings=settings.model_copy(update=changes),
        recommendations=tuple(_recommendation(asked, partner) for asked in released.recommendations),
        handed_over=source,
    )


def _called_by(audits: list[Released]) -> str:
    """The partnership that most of the audits name; those that are made up only where all are."""
    real = [audit for audit in audits if not audit.settings.is_made_up] or audits
    told = [name for audit in real for name in audit.settings.partnerships]
    return max(dict.fromkeys(told), key=told.count, default="")


def _with_partner(audit_id: AuditId, partner: str) -> AuditId:
    return replace(audit_id, slug="-".join(filter(None, [partner, audit_id.slug])), partner=partner)


def _audit_of(text: str, partner: str) -> str:
    """An audit's id as it is here; words `outside: …` may hold what only looks like one."""
    try:
        return str(_with_partner(AuditId.read(text), partner))
    except ValueError:
        return text


def _recommendation(asked: Recommendation, partner: str) -> Recommendation:
    follows = AN_AUDIT.sub(lambda match: _audit_of(match[0], partner), asked.follows)
    thread = tuple(replace(step, audit=_with_partner(step.audit, partner)) for step in asked.thread)
    said_in = asked.said_in and _with_partner(asked.said_in, partner)
    return replace(asked, follows=follows, thread=thread, said_in=said_in)
