"""The audits that partnerships handed over, as a book shows them: beside its own, by the same code."""

from auditbook.briefing.inline import SAFE_LINK
from auditbook.briefing.model import Briefing
from auditbook.build.handed_over import BRIEFING_TEXTS, briefing_of
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
    handed_over = [each for partner in partners for each in _shown(project, partner, themes, refusals)]
    refusals.stop_if_any()
    audits = sorted([*shown.audits, *handed_over], key=lambda each: each.released.audit_id)
    return Shown(joined_codebook(codebooks, themes), audits, shown.pools, shown.standing, themes.warnings)


def _shown(project: Project, partner: Partner, themes: SharedThemes, refusals: Refusals) -> list[ShownAudit]:
    source = fingerprints.of_values([partner.edition.checksum, partner.id, sorted(themes.names[partner.id].items())])
    key = Store.key(source, sorted(map(repr, themes.every.values())))
    shown = []
    try:
        for figures, texts in partner.released(themes):
            briefing = briefing_of(texts[BRIEFING_TEXTS])
            _refuse_links(briefing)
            own = Store.key(key, str(figures.audit_id))
            shown.append(ShownAudit(own, own, figures, briefing, made_from=source))
    except (ValueError, TypeError, KeyError, AttributeError):
        name = project.name_of(project.partners / partner.id)
        refusals.add(Place(name), "J01", "this is no edition.")
    return shown


def _refuse_links(briefing: Briefing) -> None:
    """Raises ValueError for a link that no briefing may hold: an edition comes from elsewhere."""
    for paragraph in briefing.paragraphs():
        for run in paragraph.runs:
            if run.link and not SAFE_LINK.fullmatch(run.link):
                raise ValueError(run.link)
