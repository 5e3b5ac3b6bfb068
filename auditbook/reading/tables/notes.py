"""What a page says before its first figure: how it was released, and what a reader must know of the figures."""

from collections.abc import Iterable

from auditbook.reading.display import Notices
from auditbook.reading.wording import require_released
from auditbook.release.released import Released

SYNTHETIC = "Synthetic data: made up to demonstrate, no real child."
INTERNAL = "Internal: not for publication."


def page_notes(figures: Released | Iterable[Released]) -> Notices:
    """The release in words, the mark of synthetic or internal figures, and every warning, of one audit or several."""
    audits = [figures] if isinstance(figures, Released) else list(figures)
    lines = [line for audit in audits for line in _lines(require_released(audit), len(audits) > 1)]
    return Notices(tuple(dict.fromkeys(lines)))


def _lines(audit: Released, is_one_of_several: bool) -> list[tuple[str, str]]:
    origin = f"{audit.audit_id.label}: " if is_one_of_several else ""
    return [
        *([("synthetic", SYNTHETIC)] if audit.settings.collection == "synthetic" else []),
        *([("internal", INTERNAL)] if audit.profile.name == "internal" else []),
        ("release", f"{origin}{audit.profile.words}"),
        *(("warning", f"{origin}{warning}") for warning in audit.warnings),
    ]
