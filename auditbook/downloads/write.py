"""What readers take away of an audit: the briefing's forms, one workbook, and CSV files with their metadata.

They are kept in the store, laid out in `_build/downloads/<id>/` and copied to `book/audits/<id>/downloads/` of the
site; they are results, so they are never committed.
"""

from auditbook.briefing.brand import read_brand
from auditbook.briefing.forms import FORMS, Handout, handout, write_form
from auditbook.briefing.model import Briefing
from auditbook.briefing.word_template import word_template
from auditbook.downloads.csvw import METADATA, csv_bytes, csvw_metadata
from auditbook.downloads.records import (
    BRIEFING_RECORD,
    EVERY_PAGE,
    WITH_TABLES,
    Download,
)
from auditbook.downloads.tables import open_tables
from auditbook.engine import fingerprints
from auditbook.engine.store import Store
from auditbook.project import BRAND_FILE, Project
from auditbook.release.released import Released
from auditbook.validation.problems import Place, Refusals

MAKERS = ("typst", "docxtpl", "python-docx", "python-pptx", "gptables", "xlsxwriter")
"""Packages whose releases change the files."""
TEMPLATE_READERS = ("docxtpl", "python-docx", "jinja2")
TEMPLATE_RIGHT = "word-template"
"""A kind of the store."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TAKEN_AWAY = ("pdf", "docx", "pptx", "txt")
"""Forms of the briefing beside its page, which is the HTML."""


def handout_of(project: Project, released: Released, briefing: Briefing, is_draft: bool = True) -> Handout:
    """The briefing with this project's brand and Word template. Raises InputRefused when either is wrong."""
    return handout(briefing, released, read_brand(project), word_template(project), is_draft)


def refuse_brand_and_template(project: Project, store: Store | None = None) -> None:
    """Raise InputRefused with what is wrong with the brand, else with the Word template, before anything is made.

    store  knows a template that was found to be right, which then is not opened again, or None
    """
    from auditbook.briefing.printable import refuse_lost

    brand, refusals = read_brand(project), Refusals()
    words = {"name": brand.name, "contact": brand.contact, "footer": brand.footer, "logo_alt": brand.logo_alt}
    refuse_lost([(Place(BRAND_FILE, None, key), text) for key, text in words.items()], refusals)
    refusals.stop_if_any()
    template = word_template(project)
    if store is None:
        _refuse_template(template)
        return
    makers = [fingerprints.version_of(name) for name in TEMPLATE_READERS]
    key = store.key(TEMPLATE_RIGHT, fingerprints.fingerprint(template), makers)
    store.value(TEMPLATE_RIGHT, key, bool, lambda: _refuse_template(template))


def _refuse_template(template: bytes) -> bool:
    """Raises InputRefused for a Word template that cannot be used; else says that it can."""
    from auditbook.briefing.word import refuse_template

    refuse_template(template)
    return True


def forms_of(handed_out: Handout) -> dict[Download, bytes]:
    """The briefing in every form that is a file."""
    files = {}
    for form in TAKEN_AWAY:
        name, kind = f"{handed_out.released.audit_id}-briefing.{form}", FORMS[form]
        files[Download(name, f"Briefing, {kind.label}", kind.media_type, BRIEFING_RECORD)] = write_form(
            form, handed_out
        )
    return files


def tables_of(handed_out: Handout) -> dict[Download, bytes]:
    """One workbook, and a CSV file a table with what its columns mean; nothing where there is no table."""
    tables = open_tables(handed_out.released)
    files = {}
    if tables:
        from auditbook.downloads.workbook import workbook_bytes

        name = f"{handed_out.released.audit_id}-figures.xlsx"
        files[Download(name, "All figures, Excel workbook", XLSX, EVERY_PAGE)] = workbook_bytes(handed_out, tables)
        for table in tables:
            about = Download(f"{table.name}.csv", f"{table.title}, CSV", "text/csv", table.page)
            files[about] = csv_bytes(table)
        metadata = csvw_metadata(
            tables, f"{handed_out.title}, {handed_out.quarter}", handed_out.publisher, handed_out.made
        )
        files[Download(METADATA, "What the columns mean, CSVW", "application/csvm+json", WITH_TABLES)] = metadata
    return files
