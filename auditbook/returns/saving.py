"""A workbook as bytes that are the same every time: no clock, no order of chance, no compressor's version."""

import io
import re
import zipfile

from openpyxl import Workbook

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip archive can say."""
CLOCKS = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def workbook_bytes(workbook: Workbook) -> bytes:
    """The file of a workbook. Its parts are stored as they are: compressed bytes differ between machines."""
    written, steady = io.BytesIO(), io.BytesIO()
    workbook.save(written)
    with zipfile.ZipFile(written) as found, zipfile.ZipFile(steady, "w") as archive:
        for name in found.namelist():
            content = found.read(name)
            if name == "docProps/core.xml":
                content = CLOCKS.sub(rb"\g<1>2000-01-01T00:00:00Z\g<3>", content)
            archive.writestr(zipfile.ZipInfo(name, FIRST_DAY), content)
    return steady.getvalue()
