"""One agency's audit tool as a Word form: the same questions as its workbook, in tables, answered in content controls.

python-docx knows no content controls, so they are written as XML (ECMA-376 part 1, 17.5.2). Each row has the code of
its question printed in it, for programs that do not know content controls lose them: LibreOffice 7.4 keeps controls
within a line, as these are, and drops their tags.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import count

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell

from auditbook.briefing.office_zip import Properties, office_file
from auditbook.evidence.audit import Audit
from auditbook.returns.answers import choices_offered
from auditbook.returns.items import Item, items_by_sheet
from auditbook.returns.layout import (
    ANSWER_COLUMNS,
    AUDITED,
    CASE_COLUMNS,
    CASE_STATE_CHOICES,
    CASES_SHEET,
    CHOOSE,
    FACT_COLUMNS,
    FORM_MARK,
    FORUM,
    GRADES,
    LEAVE,
    NOT_ASKED,
    QUESTION_COLUMNS,
    RETURN,
    RETURN_QUESTIONS,
    WRITE,
    YES_NO_ANSWERS,
    Column,
    grade_choices,
    standard_label,
    state_choices,
    tag_of,
)
from auditbook.returns.questions import ToolQuestions
from auditbook.returns.section_sheets import question_words
from auditbook.returns.styles import PALE
from auditbook.validation.dates import day_in_words

PAGE_WIDTH, PAGE_MARGIN = 297, 15
"""Millimetres; A4, across."""
LONGEST_HEADING = 250
"""Letters of a section's name; a sheet of a workbook takes 31."""
FONT, FORM_INK = "Arial", RGBColor(0x1F, 0x2A, 0x44)
FIRST_DAY = date(2000, 1, 1)
"""What the file says it was made on: no clock, so that the same form is the same bytes."""


def word_form(audit: Audit, asked: ToolQuestions) -> bytes:
    """The form that asks one agency these questions. It asks for no findings: evidence may become some."""
    form = _Form(audit, asked)
    form.begin()
    form.add_return()
    form.add_cases()
    for title, items in items_by_sheet(asked, audit, longest=LONGEST_HEADING).items():
        form.add_items(title, items)
    if asked.standards:
        form.add_grades()
    form.end()
    return form.content()


class _Form:
    """The document while it is written; ids of its controls are numbered."""

    def __init__(self, audit: Audit, asked: ToolQuestions):
        self.audit, self.asked = audit, asked
        self.document = Document()
        self._ids = count(1)
        section = self.document.sections[0]
        section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(PAGE_MARGIN)
        for name in ("Normal", "Title", "Heading 1"):
            style = self.document.styles[name]
            style.font.name, style.font.color.rgb = FONT, FORM_INK if name != "Normal" else RGBColor(0, 0, 0)
            fonts = style.element.rPr.rFonts
            for key in [key for key in fonts.attrib if "heme" in key]:
                del fonts.attrib[key]  # a theme's font would be taken before the one that is named
        self.document.styles["Normal"].font.size = Pt(10)

    def begin(self) -> None:
        agency, settings = self.audit.codebook.agencies[self.asked.agency].label, self.audit.settings
        self.document.add_heading(f"Audit tool for {agency}", 0)
        due = f" Please send this form back by {day_in_words(self.asked.due)}." if self.asked.due else ""
        self._say(f"{settings.title}, {self.audit.id.label}.{due}")
        if settings.remit:
            self._say(settings.remit)
        self._say(
            f"Choose or write in the pale fields. Say first, under {CASES_SHEET}, what your agency did in each "
            f"{settings.unit.singular}; then answer for each that is “{AUDITED}”, and leave the others as they are. "
            "Save it as a Word document (.docx), under any name, and send it back."
        )
        self._say(
            "No names of children, relatives or workers, no dates of birth, NHS or pupil numbers, addresses, "
            "postcodes, phone numbers or e-mail addresses, in no field and in no comment. A form that holds any is "
            "refused, and so is one with tracked changes, comments, pictures or macros."
        )

    def add_return(self) -> None:
        table = self._table(RETURN, QUESTION_COLUMNS)
        for question in RETURN_QUESTIONS:
            cells = self._row(table, (question.title, "", question.how.replace("workbook", "form")))
            choices = YES_NO_ANSWERS if question is FORUM else ()
            self._control(cells[1], tag_of(question.text, RETURN), question.text, choices)

    def add_cases(self) -> None:
        table = self._table(CASES_SHEET, CASE_COLUMNS)
        for case in self.asked.rows:
            cells = self._row(table, (case, "", ""))
            self._control(cells[1], tag_of("deed", case), CASE_COLUMNS[1].heading, state_choices())
            self._control(cells[2], tag_of("note", case), CASE_COLUMNS[2].heading)
        for words, (_, meaning) in CASE_STATE_CHOICES.items():
            self._say(f"{words}: {meaning.partition('. ')[0].rstrip('.')}.")

    def add_items(self, title: str, items: Sequence[Item]) -> None:
        """A section, or the facts of cases: a row for each case and question."""
        columns = FACT_COLUMNS if items[0].is_fact else ANSWER_COLUMNS
        table = self._table(title, columns)
        for item in items:
            question = item.question
            words = (item.case, question_words(question), "", *[""] * (len(columns) - 4), question.id)
            cells = self._row(table, words)
            choices = choices_offered(question) if question.type != "multi" else ()
            self._control(cells[2], tag_of(question.id, item.case), question.text, choices)
            if not item.is_fact and question.has_evidence:
                self._control(cells[3], tag_of(question.id, item.case, "evidence"), "What is the evidence?")

    def add_grades(self) -> None:
        codebook = self.audit.codebook
        labels = {standard: standard_label(codebook, standard) for standard in self.asked.standards}
        graded = (Column(label, "", 30, is_required=True) for label in labels.values())
        table = self._table(GRADES, [Column("Case", "", 18), *graded])
        for case, standards in self.asked.graded_rows(codebook).items():
            cells = self._row(table, (case, *("" if standard in standards else NOT_ASKED for standard in labels)))
            for cell, (standard, label) in zip(cells[1:], labels.items(), strict=True):
                if standard in standards:
                    self._control(cell, tag_of(standard, case), label, grade_choices(codebook, standard))

    def end(self) -> None:
        """What the hidden sheet of a workbook says, in a table of its own; and nothing but fields can be changed."""
        self._say(LEAVE)
        table = self.document.add_table(0, 2)
        for key, words in {FORM_MARK: "1", **self.asked.as_cells()}.items():
            for cell, text in zip(table.add_row().cells, (key, words), strict=True):
                self._put(cell, text, 6)
        protection = OxmlElement("w:documentProtection")
        protection.set(qn("w:edit"), "forms")
        protection.set(qn("w:enforcement"), "1")
        settings = self.document.settings.element
        settings.insert_element_before(protection, *AFTER_PROTECTION)

    def content(self) -> bytes:
        for relation, target in list(self.document.part.package.rels.items()):
            if target.reltype.endswith("/thumbnail"):  # a picture of the template's first page
                del self.document.part.package.rels[relation]
        agency = self.audit.codebook.agencies[self.asked.agency].label
        title = f"Audit tool for {agency}, {self.audit.id.label}"
        return office_file(self.document.save, Properties(title, "auditbook", self.audit.settings.title, FIRST_DAY))

    def _say(self, words: str) -> None:
        self.document.add_paragraph(words).paragraph_format.space_after = Pt(4)

    def _table(self, title: str, columns: Iterable[Column]) -> Table:
        self.document.add_heading(title, 1)
        columns = list(columns)
        table = self.document.add_table(1, len(columns))
        table.style, table.autofit = "Table Grid", False
        table._tbl.tblPr.append(_margins())
        unit = (PAGE_WIDTH - 2 * PAGE_MARGIN) / sum(column.width for column in columns)
        for column, cell, width in zip(columns, table.rows[0].cells, table.columns, strict=True):
            width.width = cell.width = Mm(column.width * unit)
            self._put(cell, column.title, is_bold=True)
        header = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(header)
        return table

    def _row(self, table: Table, words: Sequence[str]) -> Sequence[_Cell]:
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text, column in zip(row.cells, words, table.columns, strict=True):
            cell.width = column.width
            self._put(cell, text, 6 if text and text == words[-1] and len(words) > 3 else 9)
        return row.cells

    def _put(self, cell: _Cell, words: str, size: int = 9, is_bold: bool = False) -> None:
        run = cell.paragraphs[0].add_run(words)
        run.font.size, run.bold = Pt(size), is_bold or None

    def _control(self, cell: _Cell, tag: str, name: str, choices: Mapping[str, str] | Sequence[str] = ()) -> None:
        """A field to choose or to write in, in the first paragraph of a cell."""
        cell._tc.get_or_add_tcPr().append(_shade())
        field, properties = OxmlElement("w:sdt"), OxmlElement("w:sdtPr")
        for key, value in (
            ("w:alias", name[:64]),
            ("w:tag", tag),
            ("w:id", str(next(self._ids))),
            ("w:lock", "sdtLocked"),
        ):
            properties.append(_valued(key, value))
        properties.append(OxmlElement("w:showingPlcHdr"))
        kind = OxmlElement("w:dropDownList" if choices else "w:text")
        for words in choices:
            item = OxmlElement("w:listItem")
            item.set(qn("w:displayText"), words)
            item.set(qn("w:value"), words)
            kind.append(item)
        if not choices:
            kind.set(qn("w:multiLine"), "1")
        properties.append(kind)
        content = OxmlElement("w:sdtContent")
        field.extend([properties, content])
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(CHOOSE if choices else WRITE)
        run.font.size, run.font.color.rgb = Pt(9), RGBColor(0x59, 0x59, 0x59)
        content.append(run._r)
        paragraph._p.append(field)


AFTER_PROTECTION = (
    "w:autoFormatOverride",
    "w:defaultTabStop",
    "w:compat",
    "w:rsids",
    "w:themeFontLang",
    "w:decimalSymbol",
)
"""What may follow the protection in the settings of a document (ECMA-376 part 1, 17.15.1.78)."""


def _margins():
    """Room above and below the words of each cell, in twentieths of a point."""
    margins = OxmlElement("w:tblCellMar")
    for side, room in (("w:top", 40), ("w:left", 80), ("w:bottom", 40), ("w:right", 80)):
        edge = OxmlElement(side)
        edge.set(qn("w:w"), str(room))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    return margins


def _shade():
    """A pale background, like that of a cell of a workbook that is to be filled in."""
    shade = _valued("w:shd", "clear")
    shade.set(qn("w:fill"), PALE)
    return shade


def _valued(key: str, value: str):
    element = OxmlElement(key)
    element.set(qn("w:val"), value)
    return element
