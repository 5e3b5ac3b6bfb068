"""Charts drawn for tests, and what a phone or a desk shows of them."""

from builders import an_audit
from lxml import html
from released import RECORDED, released

from auditbook.reading import charts
from auditbook.reading.display import Stack
from auditbook.release.released import Released

OF_AUDITS = ("flag_trends", "theme_directions", "theme_trends")
OF_ONE_AUDIT = sorted(set(charts.__all__) - set(OF_AUDITS))


def drawn(name: str, *released: Released):
    return getattr(charts, name)(released if name in OF_AUDITS else released[0])


def parts_of(display) -> list:
    return list(display.parts) if isinstance(display, Stack) else [display]


def narrow(display) -> str:
    """What a phone shows of a display; `wide` is what a desk does."""
    return _without("ab-wide", display)


def wide(display) -> str:
    return _without("ab-narrow", display)


def _without(kind: str, display) -> str:
    page = html.fromstring(f"<div>{display._repr_html_()}</div>")
    for picture in page.find_class(kind):
        picture.drop_tree()
    return html.tostring(page, encoding="unicode")


def dots(display) -> int:
    return sum(1 for _ in html.fromstring(narrow(display)).iter("circle"))


def from_tallies(*tallies, **settings) -> Released:
    return released(an_audit(*tallies, **{"release": RECORDED, "drawn": 5, **settings}))
