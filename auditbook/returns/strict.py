"""“Strict Open XML Spreadsheet”, Excel's other way of saving an .xlsx: the same parts, under names of their own."""

import io
import re
import zipfile

STRICT = re.compile(rb"""(?<=["'])http://purl\.oclc\.org/ooxml/([a-z]+)/""", re.IGNORECASE)
USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"
"""ISO/IEC 29500-1 and -4, annex A: the names of part 1, and those of part 4 that spreadsheet libraries know."""


def transitional(content: bytes) -> bytes:
    """The same workbook under the usual names, and as it is when it has them already; only of what was surveyed."""
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        parts = {info: found.read(info) for info in found.infolist() if not info.is_dir()}
    if not any(map(STRICT.search, parts.values())):
        return content
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for info, part in parts.items():
            archive.writestr(info.filename, STRICT.sub(USUAL, part))
    return packed.getvalue()
