"""The audits that partnerships handed over, as a book shows them: beside its own, by the same code."""

from auditbook.briefing.model import Briefing
from auditbook.build.handed_over import briefings_of
from auditbook.build.shown import Shown, ShownAudit
from auditbook.engine import fingerprints
from auditbook.engine.store import Store
from auditbook.project import Project
from auditbook.release.partners import Partner, read_partners
from auditbook.release.shared_themes import SharedThemes, joined_codebook, read_shared_themes
from auditbook.validation.problems import Place, Refusals


def with_partners(project: Project, shown: Shown) -> Shown:
    """What a project shows with all that was handed over to it, oldest first. Raises InputRefused (J01 to J05)."""
    refusals = Refusals()
    partners = read_partners(project, refusals)
    refusals.stop_if_any()
    if not partners:
        return shown
    codebooks = {partner.id: partner.codebook for partner in partners}
    themes = read_shared_themes(project, codebooks, refusals)
    refusals.stop_if_any()
    places = {partner.id: Place(project.name_of(project.partners / partner.id)) for partner in partners}
    briefings = {partner.id: briefings_of(partner, places[partner.id], refusals) for partner in partners}
    refusals.stop_if_any()
    handed_over = [audit for partner in partners for audit in _shown(partner, briefings[partner.id], themes)]
    audits = sorted([*shown.audits, *handed_over], key=lambda audit: audit.released.audit_id)
    return Shown(joined_codebook(codebooks, themes), audits, shown.pools, shown.standing, themes.warnings)


def _shown(partner: Partner, briefings: list[Briefing], themes: SharedThemes) -> list[ShownAudit]:
    source = fingerprints.of_values([partner.edition.checksum, partner.id, sorted(themes.names[partner.id].items())])
    key = Store.key(source, sorted(map(repr, themes.every.values())))
    audits = zip(partner.released(themes), briefings, strict=True)
    return [
        ShownAudit(audit_key, audit_key, audit, briefing, made_from=source)
        for audit, briefing in audits
        for audit_key in [Store.key(key, str(audit.audit_id))]
    ]
