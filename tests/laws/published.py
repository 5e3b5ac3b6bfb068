"""The files that are published of an audit, as a reader gets them: nothing else goes to the attack."""

import html
import re

from auditbook.build.audit import measures_text
from auditbook.downloads.csvw import csv_bytes
from auditbook.downloads.tables import open_tables
from auditbook.reading import tables
from auditbook.release.released import Released

TABLES = (
    tables.cases,
    tables.flags,
    tables.categories,
    tables.grades,
    tables.numbers,
    tables.themes,
    tables.theme_cases,
    tables.agencies,
    tables.channels,
)


def published(released: Released) -> dict[str, str]:
    """Name → text: measures.json and every table to take away."""
    csvs = {f"{table.name}.csv": csv_bytes(table).decode("utf-8-sig") for table in open_tables(released)}
    return {"measures.json": measures_text(released), **csvs}


def tables_of_pages(released: Released) -> str:
    """The text of every table of the audit's pages that holds numbers of people, without its markup."""
    written = " ".join(table(released)._repr_html_() for table in TABLES)
    return html.unescape(re.sub(r"<[^>]*>", " ", re.sub(r"<style.*?</style>", " ", written, flags=re.DOTALL)))
