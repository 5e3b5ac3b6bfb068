"""What the roles of a briefing read: figures of its audit, and of others as they are released; whom to ask."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from auditbook.codebook.quarter import AuditId
from auditbook.release.profiles import profile_named
from auditbook.release.released import Released
from auditbook.validation.fields import Refused
from auditbook.validation.problems import nearest

NAMED_AUDIT = re.compile(r"\{[a-z]+\}`\s*((?:19|20)\d\d-\d\d-Q[1-4](?:-[a-z0-9-]+)?)\s*/")


@dataclass(frozen=True)
class Sources:
    """What there is to read.

    released  of the briefing's own audit
    others    audit id → its figures, each as its own record lets them out, or more strictly
    contacts  name → words, from `book/brand.yml`
    """

    released: Released
    others: Mapping[str, Released] = field(default_factory=dict)
    contacts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_stricter(self) -> bool:
        """Whether figures are released more strictly than briefings were written for."""
        return any(map(_is_stricter, (self.released, *self.others.values())))

    def audit_of(self, content: str) -> tuple[Released, str]:
        """The figures that `2024-25-Q1/cases.total` means, and the measure; those of the own audit without an id.

        Raises Refused (B04, B09).
        """
        name, slash, measure = (part.strip() for part in content.partition("/"))
        if not slash:
            return self.released, name
        if name == str(self.released.audit_id):
            return self.released, measure
        if name not in self.others:
            raise Refused("B04", f'there is no audit "{name}" whose figures could be read.', nearest(name, self.others))
        other = self.others[name]
        _refuse_apart(self.released, other)
        return other, measure


def named_audits(text: str) -> list[AuditId]:
    """The audits that roles of a briefing's text name, each once."""
    audits = []
    for name in dict.fromkeys(NAMED_AUDIT.findall(text)):
        try:
            audits.append(AuditId.read(name))
        except ValueError:
            continue  # `2024-26-Q1` is no audit; the role that names it is refused
    return audits


def _is_stricter(released: Released) -> bool:
    return released.profile.strictness > profile_named(released.settings.release.profile).strictness


def _refuse_apart(released: Released, other: Released) -> None:
    """A figure stands in no briefing that is shown to more people than itself, nor what is made up beside what is not.

    Raises Refused (B09).
    """
    if other.profile.name == "internal" != released.profile.name:
        problem = f"{other.audit_id} is for the business unit only; a briefing that is published shows no figure of it."
        raise Refused("B09", problem)
    collections = {released.settings.collection, other.settings.collection}
    if len(collections) > 1 and "synthetic" in collections:
        made_up = other if other.settings.is_made_up else released
        raise Refused("B09", f"the figures of {made_up.audit_id} are made up, and stand beside no true ones.")
