"""What came together in one case: let out inside the business unit only.

A combination can describe one family, so `recorded` allows no crossings, and the stricter profiles none either
(DESIGN section 10).
"""

from auditbook.evidence.audit import Audit
from auditbook.measures.combinations import Combined, combinations
from auditbook.release.profiles import Profile

INSIDE = "internal"


def released_combinations(audit: Audit, profile: Profile) -> tuple[Combined, ...]:
    """Every combination inside; nothing under any other profile, whatever it is called."""
    return combinations(audit) if profile.name == INSIDE else ()
