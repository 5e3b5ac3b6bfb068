"""CSV files, and beside them what each column means, for people's programs: CSV on the Web (W3C, 2015)."""

import csv
import io
import json
from datetime import date

from auditbook.downloads.tables import SHORTHAND, OpenColumn, OpenTable, neutral

METADATA = "csv-metadata.json"
"""The name under which a program looks for it beside a CSV file."""
LANGUAGE = "en-GB"


def csv_bytes(table: OpenTable) -> bytes:
    """RFC 4180 in UTF-8 with a byte-order mark, without which Excel misreads quotation marks."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([[neutral(value) for value in row] for row in table.rows])
    return text.getvalue().encode("utf-8-sig")


def csvw_metadata(tables: tuple[OpenTable, ...], title: str, publisher: str, issued: date) -> bytes:
    """The metadata file of one audit's CSV files.

    title      the audit's
    publisher  who publishes it
    issued     the day its figures were approved or published
    """
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": LANGUAGE}],
        "dc:title": title,
        "dc:publisher": publisher,
        "dc:issued": issued.isoformat(),
        "dc:language": LANGUAGE,
        "rdfs:comment": "; ".join(f"{mark} {meaning}" for mark, meaning in SHORTHAND.items()),
        "tables": [_table(table, title) for table in tables],
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def _table(table: OpenTable, title: str) -> dict:
    schema = {"columns": [_column(column) for column in table.columns]}
    if table.columns[-1].name == "measure":
        schema["primaryKey"] = "measure"
    return {"url": f"{table.name}.csv", "dc:title": f"{table.title}. {title}", "tableSchema": schema}


def _column(column: OpenColumn) -> dict:
    described = {
        "name": column.name,
        "titles": column.name,
        "rdfs:label": column.title,
        "dc:description": column.about,
        "datatype": "number" if column.is_number else "string",
    }
    return {**described, "null": list(SHORTHAND)} if column.is_number else described
