"""One quick pass through a workbook in Excel's format before 2007 (.xls), before a library reads its cells.

Such a file is a small file system (read by olefile); one of its streams holds the workbook as records. Of these the
pass reads how far the cells go, which hold formulas and errors, what is drawn, and every text outside the cells.
Source: Microsoft, [MS-XLS] Excel Binary File Format, sections 2.3 and 2.4.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from auditbook.evidence.screening import refuse_personal
from auditbook.returns.archive import ENCRYPTED, SAVE_AGAIN
from auditbook.returns.binary import texts_in
from auditbook.returns.sheets import shown
from auditbook.returns.survey import PROPERTIES, Survey, refuse_too_much, refuse_unsearchable, without_marks
from auditbook.returns.xml_limits import MOST_ELEMENTS, Extent, letters_of
from auditbook.validation.personal import personal_in
from auditbook.validation.problems import Place, Refusals

BOOK_STREAM = "Workbook"
DESCRIBED = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")
STORED = "MsoDataStore/"
"""What other programs note, a label of sensitivity for instance: searched as text, and passed over."""
EXPECTED_STREAMS = (BOOK_STREAM, *DESCRIBED, "\x01CompObj", "\x01Ole")
BOF, FILEPASS, BOUNDSHEET, SST, CONTINUE = 0x809, 0x2F, 0x85, 0xFC, 0x3C
FORMULA, BOOLERR, LABELSST, MULRK, ROW_RECORD, MERGED = 0x06, 0x205, 0xFD, 0xBD, 0x208, 0xE5
VALUE_RECORDS = (0x203, 0x27E, 0x204, 0xD6)
"""Records of one number or text: row, column, and what stands there."""
OBJ, NOTE_RECORD, TXO, SUPBOOK, DRAWINGS, IMAGE_RECORD = 0x5D, 0x1C, 0x1B6, 0x1AE, 0xEB, 0x7F
TEXT_RECORDS = (0x14, 0x15, 0x18, 0x1B8, 0x1BE, NOTE_RECORD)
"""Header, footer, a name, a link, a rule of a drop-down, and who wrote a note."""
WORKBOOK, WORKSHEET, EIGHT = 0x0005, 0x0010, 0x0600
DROP_DOWN, NOTE_BOX = 0x14, 0x19
"""The arrow beside a list, and the box of a note: kinds of objects in which nobody hides anything else."""
OWN_SHEETS, FUNCTIONS = 0x0401, 0x3A01
PICTURE_SIZES = 0xF001
"""The record inside a drawing group that holds pictures."""


class CorruptRecord(ValueError):
    """A record that no spreadsheet program writes."""


@dataclass
class Records:
    """What was found. `sheets` where a sheet's records begin → its title; `refused` what may not be there."""

    sheets: dict[int, str] = field(default_factory=dict)
    extents: dict[str, Extent] = field(default_factory=dict)
    texts: list[tuple[str, str]] = field(default_factory=list)
    cell_texts: list[str] = field(default_factory=list)
    refused: str = ""
    is_encrypted: bool = False
    is_old: bool = False
    stored: int = 0
    pointers: list[tuple[str, int, int, int]] = field(default_factory=list)


def survey_old_excel(content: bytes, name: str, refusals: Refusals) -> Survey | None:
    """Look through every record; None and a refusal when the file should not be opened (W01 to W04, W06)."""
    damaged = f"this is not an Excel workbook, or it was damaged on its way; {SAVE_AGAIN}."
    place, encrypted = Place(name), "this workbook is encrypted with a password; take the password off and save it."
    if ENCRYPTED in content:
        refusals.add(place, "W02", encrypted)
        return None
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole_file:
            names = ["/".join(path) for path in ole_file.listdir()]
            if not _may_be_opened(names, name, refusals):
                return None
            kept = [stream for stream in names if stream in DESCRIBED or stream.startswith(STORED)]
            described = [text for stream in kept for text in _texts_of(ole_file, stream)]
            records = _records(ole_file.openstream(BOOK_STREAM).read())
    except OverflowError:
        refuse_too_much(name, refusals)
        return None
    except Exception:  # olefile has many errors for a damaged file
        refusals.add(place, "W01", damaged)
        return None
    if records.is_encrypted:
        refusals.add(place, "W02", encrypted)
    elif records.is_old:
        refusals.add(place, "W02", f"this is a workbook in a format before Excel 97; {SAVE_AGAIN}.")
    elif records.refused:
        refuse_unsearchable(records.refused, name, refusals)
    elif not _has_every_text(records, name, refusals):
        pass
    else:
        _refuse_texts([(PROPERTIES, text) for text in described] + records.texts, name, refusals)
        return Survey(records.extents, {rule for text in records.cell_texts for rule in personal_in(text)})
    return None


def _may_be_opened(names: list[str], name: str, refusals: Refusals) -> bool:
    place = Place(name)
    strange = [stream for stream in names if stream not in EXPECTED_STREAMS and not stream.startswith(STORED)]
    if any("VBA" in stream.upper() for stream in names):
        refusals.add(place, "W03", f"this workbook holds macros, which are never accepted; {SAVE_AGAIN}.")
    elif BOOK_STREAM not in names:
        refusals.add(place, "W01", f"this is an old Office file, but not an Excel workbook; {SAVE_AGAIN}.")
    elif strange:
        refuse_unsearchable(strange[0].strip("\x00\x01\x03\x05"), name, refusals)
    else:
        return True
    return False


def _texts_of(ole_file: olefile.OleFileIO, stream: str) -> Iterator[str]:
    yield from texts_in(ole_file.openstream(stream).read())


def _refuse_texts(texts: list[tuple[str, str]], name: str, refusals: Refusals) -> None:
    problems = {(where, rule) for where, text in texts for rule in personal_in(without_marks(text))}
    for where, rule in sorted(problems):
        refuse_personal(Place(name, sheet=shown(where)), rule, refusals, looks=True)


def _has_every_text(records: Records, name: str, refusals: Refusals) -> bool:
    for title, row, column, at in records.pointers:
        if at >= records.stored:
            problem = f"the words of this cell are not in the file, which was damaged on its way; {SAVE_AGAIN}."
            refusals.add(Place(name, sheet=shown(title), cell=f"{letters_of(column)}{row}"), "W01", problem)
            return False
    return True


def _each_record(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Where each record begins, its kind and what it holds, pieces that continue it put together with it."""
    at, number = 0, 0
    start, kind, pieces = 0, 0, []
    while at + 4 <= len(stream):
        record_kind, length = struct.unpack_from("<HH", stream, at)
        number += 1
        if number > MOST_ELEMENTS:
            raise OverflowError
        if record_kind == 0 and length == 0:
            break  # what fills the last block
        if at + 4 + length > len(stream):
            raise CorruptRecord
        if record_kind == CONTINUE:
            pieces.append(stream[at + 4 : at + 4 + length])
        else:
            if kind:
                yield start, kind, b"\x00".join(pieces)
            start, kind, pieces = at, record_kind, [stream[at + 4 : at + 4 + length]]
        at += 4 + length
    if kind:
        yield start, kind, b"\x00".join(pieces)


def _records(stream: bytes) -> Records:
    """Raises Damaged, or struct.error, where a record is not as it should be."""
    records, title = Records(), ""
    for start, kind, content in _each_record(stream):
        if kind == BOF:
            version, what = struct.unpack_from("<HH", content)
            records.is_old |= version != EIGHT
            if what not in (WORKBOOK, WORKSHEET):
                records.refused = records.refused or "a chart or a macro sheet"
            title = records.sheets.get(start, title)
        elif kind == BOUNDSHEET:
            _sheet(content, records)
        elif kind == FILEPASS:
            records.is_encrypted = True
        elif kind == SST:
            records.stored = struct.unpack_from("<LL", content)[1]
            records.cell_texts += texts_in(content)
        elif kind in TEXT_RECORDS or kind == TXO:
            _text(kind, content, title, records)
        elif kind in (OBJ, SUPBOOK, DRAWINGS, IMAGE_RECORD):
            _drawn(kind, content, records)
        elif title:
            _cell(kind, content, title, records)
        if records.is_encrypted or records.is_old:
            break
    return records


def _sheet(content: bytes, records: Records) -> None:
    start, _, what, letters, is_wide = struct.unpack_from("<LBBBB", content)
    raw = content[8 : 8 + letters * (2 if is_wide & 1 else 1)]
    title = raw.decode("utf-16-le" if is_wide & 1 else "latin-1")
    if what != 0:
        records.refused = records.refused or "a chart or a macro sheet"
    if title in records.extents or start in records.sheets:
        raise CorruptRecord
    records.sheets[start] = title
    records.extents[title] = Extent()
    records.texts.append(("names of sheets", title))


def _text(kind: int, content: bytes, title: str, records: Records) -> None:
    is_note = kind in (NOTE_RECORD, TXO)
    if kind == NOTE_RECORD and title:
        records.extents[title].comments += 1
    where = f"{title} (comments)" if is_note else "headers, footers, names and links"
    records.texts += [(where, text) for text in texts_in(content)]


def _drawn(kind: int, content: bytes, records: Records) -> None:
    if kind == OBJ:
        what = "an object on a sheet"
        is_harmless = struct.unpack_from("<H", content, 4)[0] in (DROP_DOWN, NOTE_BOX)
    elif kind == SUPBOOK:
        what = "a link to another workbook"
        is_harmless = struct.unpack_from("<H", content, 2)[0] in (OWN_SHEETS, FUNCTIONS)
    else:
        what = "a picture"
        is_harmless = kind == DRAWINGS and struct.pack("<H", PICTURE_SIZES) not in content
    if not is_harmless:
        records.refused = records.refused or what


def _cell(kind: int, content: bytes, title: str, records: Records) -> None:
    extent = records.extents[title]
    if kind == ROW_RECORD:
        extent.rows += 1
    elif kind == MERGED:
        for number in range(struct.unpack_from("<H", content)[0]):
            top, bottom, left, right = (index + 1 for index in struct.unpack_from("<HHHH", content, 2 + 8 * number))
            extent.merged.append(f"{letters_of(left)}{top}:{letters_of(right)}{bottom}")
    elif kind in (*VALUE_RECORDS, FORMULA, BOOLERR, LABELSST, MULRK):
        row, column = (index + 1 for index in struct.unpack_from("<HH", content))
        extent.take(row, column)
        if kind == FORMULA:
            extent.formulas.add((row, column))
        elif kind == BOOLERR and content[7]:
            extent.errors.add((row, column))
        elif kind == LABELSST:
            records.pointers.append((title, row, column, struct.unpack_from("<L", content, 6)[0]))
        elif kind == MULRK:
            extent.take(row, struct.unpack_from("<H", content, len(content) - 2)[0] + 1)
