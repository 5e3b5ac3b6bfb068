"""Tables made of small audits, by their names."""

from builders import an_audit
from released import RECORDED, a_full_release, released

from auditbook.reading import tables
from auditbook.reading.display import Stack, Table
from auditbook.release.released import Released

OF_AUDITS = ("flag_trends", "theme_trends")
OF_ONE_AUDIT = sorted(set(tables.__all__) - set(OF_AUDITS) - {"page_notes", "pooled_audits"})


def made(name: str, *released: Released):
    return getattr(tables, name)(released if name in OF_AUDITS else released[0])


def parts_of(display) -> list:
    return list(display.parts) if isinstance(display, Stack) else [display]


def every_table(profile: str = "recorded") -> list[Table]:
    figures = a_full_release(profile), a_full_release(profile, id="2021-22-Q2")
    names = [*OF_ONE_AUDIT, *OF_AUDITS, "page_notes"]
    parts = [part for name in names for part in parts_of(made(name, *figures))]
    return [part for part in parts if isinstance(part, Table)]


def of_rows(*parts, profile: str = "recorded", **settings) -> Released:
    return released(an_audit(*parts, **{"release": RECORDED, **settings}), profile)
