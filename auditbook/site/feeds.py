"""For programs that read the site: an Atom feed of audits, newest first; a sitemap where the address is known."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

import yaml

from auditbook.codebook.quarter import AuditId
from auditbook.engine.atomic import write_atomically
from auditbook.pages.contents import EDITIONS_PAGE
from auditbook.pages.standing import NO_EDITION, Standing
from auditbook.release.edition import Edition
from auditbook.release.released import Released

ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
FEED = "feed.xml"
PUBLISHER = "Safeguarding children partnership"


def site_address(root: Path) -> str:
    """`html.baseurl` of `_config.yml`, with a slash at its end; empty when the project does not say."""
    settings = yaml.safe_load((root / "_config.yml").read_text("utf-8")) or {}
    address = str((settings.get("html") or {}).get("baseurl") or "")
    return address.rstrip("/") + "/" if address else ""


def write_feeds(
    root: Path,
    site: Path,
    released: Sequence[Released],
    pages: Sequence[str],
    standing: Standing = NO_EDITION,
) -> None:
    """Put `feed.xml` into a built site, and `sitemap.xml` when its address is known."""
    address = site_address(root)
    write_atomically(site / FEED, feed(released, address, standing.editions))
    if address:
        write_atomically(site / "sitemap.xml", sitemap(pages, address))


def feed(released: Sequence[Released], address: str, editions: Sequence[Edition] = ()) -> bytes:
    """An Atom feed (RFC 4287): what was corrected or withdrawn, then the audits.

    An audit's time is the day of publication or approval, else the quarter's last; a correction's that of its edition.
    """
    newest = sorted(released, key=lambda audit: audit.audit_id, reverse=True)
    ElementTree.register_namespace("", ATOM_NAMESPACE)
    root = ElementTree.Element(f"{{{ATOM_NAMESPACE}}}feed")
    _add(root, "title", "Multi-agency case file audits")
    _add(root, "id", address or "urn:auditbook:audits")
    news = list(_news(editions))
    times = [*(_time(audit) for audit in newest), *(_day(edition) for edition, *_ in news)]
    _add(root, "updated", max(times, default="1970-01-01T00:00:00Z"))
    ElementTree.SubElement(root, f"{{{ATOM_NAMESPACE}}}link", rel="self", href=address + FEED)
    for edition, audit, title, summary in news:
        entry = ElementTree.SubElement(root, f"{{{ATOM_NAMESPACE}}}entry")
        _add(entry, "title", f"{title}, {AuditId.read(audit).label}")
        _add(entry, "id", f"{address or 'urn:auditbook:'}editions/{edition.number}/{audit}")
        _add(entry, "updated", _day(edition))
        _add(entry, "summary", summary)
        _add(ElementTree.SubElement(entry, f"{{{ATOM_NAMESPACE}}}author"), "name", edition.by or PUBLISHER)
        page = f"{address}{EDITIONS_PAGE}.html#edition-{edition.number}"
        ElementTree.SubElement(entry, f"{{{ATOM_NAMESPACE}}}link", rel="alternate", type="text/html", href=page)
    for released_audit in newest:
        entry = ElementTree.SubElement(root, f"{{{ATOM_NAMESPACE}}}entry")
        _add(entry, "title", f"{released_audit.settings.title}, {released_audit.audit_id.label}")
        _add(entry, "id", f"{address or 'urn:auditbook:'}audits/{released_audit.audit_id}")
        _add(entry, "updated", _time(released_audit))
        _add(entry, "summary", released_audit.settings.remit)
        author = ElementTree.SubElement(entry, f"{{{ATOM_NAMESPACE}}}author")
        _add(author, "name", ", ".join(released_audit.settings.partnerships) or PUBLISHER)
        briefing = f"{address}book/audits/{released_audit.audit_id}/briefing.html"
        ElementTree.SubElement(entry, f"{{{ATOM_NAMESPACE}}}link", rel="alternate", type="text/html", href=briefing)
    return _document(root)


def _news(editions: Sequence[Edition]) -> Iterator[tuple[Edition, str, str, str]]:
    """Edition, audit, title and summary of every correction and withdrawal, newest first."""
    for edition in reversed(editions):
        for change in edition.changes:
            if change.kind == "withdrawn":
                yield edition, change.name, f"Withdrawn: {change.label}", "This audit is no longer part of the book."
        for audit, content in edition.audits.items():
            corrected = edition.corrections(audit)
            if corrected:
                figures = "; ".join(
                    f"{change.label}: {change.now} (before: {change.was})" if change.now else change.label
                    for change in corrected
                )
                yield edition, audit, f"Corrected: {content.title}", figures


def _day(edition: Edition) -> str:
    return f"{edition.date}T00:00:00Z"


def sitemap(pages: Sequence[str], address: str) -> bytes:
    """Every page of the contents, as sitemaps.org wants them."""
    ElementTree.register_namespace("", SITEMAP)
    root = ElementTree.Element(f"{{{SITEMAP}}}urlset")
    for page in pages:
        url = ElementTree.SubElement(root, f"{{{SITEMAP}}}url")
        ElementTree.SubElement(url, f"{{{SITEMAP}}}loc").text = f"{address}{page}.html"
    return _document(root)


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM_NAMESPACE}}}{name}").text = text


def _time(released: Released) -> str:
    settings = released.settings
    day = settings.published.date or settings.release.date
    return f"{day.last if day else released.audit_id.last_day}T00:00:00Z"


def _document(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
