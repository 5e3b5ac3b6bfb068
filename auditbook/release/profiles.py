"""How strict a release is, and whether an audit's record allows it. Source: DESIGN section 10."""

import re
from dataclasses import dataclass

from auditbook.codebook.codebook import Codebook
from auditbook.evidence.settings import Settings
from auditbook.validation.problems import ReleaseRefused, WrongUsage


@dataclass(frozen=True)
class Profile:
    """One way of letting figures out.

    strictness  0 shows most
    threshold   counts of people from 1 to this are hidden; 0 hides none
    """

    name: str
    strictness: int
    threshold: int
    words: str


POOLED = "pooled"
PROFILES = {
    profile.name: profile
    for profile in (
        Profile("internal", 0, 0, "For the business unit: true counts. Not for publication."),
        Profile("recorded", 1, 0, "True counts, published by a recorded decision."),
        Profile("strict", 2, 5, "Counts from 1 to 5 of children, families and cases are withheld."),
        Profile(POOLED, 3, 5, "Four or more audits together; small counts are withheld, others rounded to 5."),
    )
}
"""The threshold of 5 is that of the Department for Education's children in need releases."""


def profile_named(name: str) -> Profile:
    """Raises WrongUsage for an unknown profile."""
    if name not in PROFILES:
        raise WrongUsage(f'"{name}" is not a release profile; expected {", ".join(PROFILES)}.')
    return PROFILES[name]


def profile_for(settings: Settings, asked: str | None = None) -> str:
    """The stricter of what is asked and what the audit's own record allows."""
    own_profile = profile_named(settings.release.profile)
    wanted = profile_named(asked) if asked else own_profile
    return max(own_profile, wanted, key=lambda profile: profile.strictness).name


def refuse_unrecorded(audit_id: object, settings: Settings) -> None:
    """`recorded` needs an approver, a date and a reason; for a published audit its publication and a reason.

    Raises ReleaseRefused with everything that is missing.
    """
    release, published = settings.release, settings.published
    missing = [] if release.reason else ["a reason"]
    if settings.collection == "published":
        if not (published.url or published.citation):
            missing.append("the url or citation of the publication")
    else:
        missing += [] if release.approver else ["an approver"]
        missing += [] if release.date else ["a date"]
    if missing:
        raise ReleaseRefused(
            f"{audit_id}: true counts may only be published by a recorded decision; audit.yml, under `release`, lacks "
            f"{', '.join(missing)}. Without it the audit can be released `strict`."
        )


def refuse_unnamed_crossings(audit_id: object, settings: Settings, codebook: Codebook) -> None:
    """True counts of two variables together need a decision that speaks of both: its reason names them.

    Raises ReleaseRefused with every crossing that it does not name.
    """

    def is_named(name: str) -> bool:
        names = map(re.escape, (name, codebook.variables[name].label))
        pattern = rf"(?<!\w)(?:{'|'.join(names)})(?!\w)"  # whole words: `plan` is not named by “explained”
        return re.search(pattern, settings.release.reason, re.IGNORECASE) is not None

    left = [
        f"{first} by {second}" for first, second in settings.crossings if not (is_named(first) and is_named(second))
    ]
    if left:
        raise ReleaseRefused(
            f"{audit_id}: the reason of its release does not name {'; '.join(left)}. True counts of two variables "
            "together can describe one family: say in `reason` that they were considered, naming both, or "
            "take the crossing out of `crossings` in audit.yml."
        )
