"""`briefing.md` → the briefing's model, or every problem in it with its line."""

import re
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.myst_role import myst_role_plugin

from auditbook.briefing.charts import read_chart
from auditbook.briefing.inline import Inline, node_in_words
from auditbook.briefing.model import Block, Box, Briefing, Chart, Listing, Paragraph, Quotation, Run, Subheading, Table
from auditbook.briefing.printable import refuse_unprintable
from auditbook.briefing.sources import Sources
from auditbook.briefing.typed_numbers import refuse_typed_numbers
from auditbook.briefing.withheld import WITHHELD_PARAGRAPH, withheld_once
from auditbook.reading.wording import NotInWords
from auditbook.validation.fields import Refused
from auditbook.validation.problems import Place, Refusals, number_of

BOX_NUMBERS = range(1, 8)
TITLE = re.compile(r"\s*(\d+)[\s.:–-]+(?=\S)")
MOST_TABLE_COLUMNS = 4
"""A box is half a page wide."""
MOST_TABLE_ROWS = 12
"""As many as stand on one slide."""
BAR = re.compile(r"(?<!\\)\|")
IN_A_BOX = "a box holds paragraphs, lists, sub-headings (###), tables, charts and quotations (>)"
DASHES = ("— ", "– ", "-- ")
SAID_BY = re.compile(r"(?:—|–|--) (?:[Aa]n? |[Tt]he |[a-z])")
"""A part in what happened, which begins with a small letter: `a practitioner`, `parents at the forum`."""
WHO_SAID_IT = "a quotation ends, after an empty line (>), with who said it, by their part: > — a practitioner"


def parse_briefing(text: str, sources: Sources, name: str, refusals: Refusals) -> Briefing | None:
    """Read a briefing with its figures put into words. Problems (B01 to B09, D08) go to `refusals`; then None.

    name  how messages call the file; the line given is the one in which it stands
    """
    before, released = len(refusals.found), sources.released
    reader = _Reader(text, sources, name, refusals)
    boxes = reader.boxes()
    _check_numbers(boxes, name, refusals)
    briefing = Briefing(tuple(sorted(boxes, key=lambda box: box.number)))
    refuse_typed_numbers(briefing, released, name, refusals)
    refuse_unprintable(briefing, released, name, refusals)
    return withheld_once(briefing) if len(refusals.found) == before else None


def _check_numbers(boxes: list[Box], name: str, refusals: Refusals) -> None:
    numbers = [box.number for box in boxes]
    for number in BOX_NUMBERS:
        if number not in numbers:
            refusals.add(Place(name), "B01", f"box {number} is missing; a briefing has boxes 1 to 7 (## {number} …).")
    for box in boxes:
        if box.number not in BOX_NUMBERS or numbers.count(box.number) > 1:
            problem = f"box {box.number} stands there {'twice' if box.number in BOX_NUMBERS else 'but boxes end at 7'}."
            refusals.add(Place(name, box.line), "B01", problem)
        if not box.blocks:
            refusals.add(Place(name, box.line), "B02", f"box {box.number} is empty.")


class _Reader:
    """Walks the tree of one briefing."""

    def __init__(self, text: str, sources: Sources, name: str, refusals: Refusals):
        self.name, self.refusals, self.sources = name, refusals, sources
        self.inline = Inline(sources, self.refuse)
        self.lines = text.splitlines()
        markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(myst_role_plugin)
        self.tree = SyntaxTreeNode(markdown.parse(text))

    def refuse(self, line: int, rule: str, problem: str, near: str = "") -> None:
        self.refusals.add(Place(self.name, line), rule, problem, near)

    def boxes(self) -> list[Box]:
        boxes: list[Box] = []
        for node in self.tree.children:
            if node.type == "heading" and node.tag == "h2":
                boxes.append(self._box(node))
                continue
            block = self._block(node)
            if boxes and block:
                boxes[-1] = replace(boxes[-1], blocks=(*boxes[-1].blocks, block))
            elif block:
                self.refuse(_line(node), "B01", "this stands before the first box (## 1 …).")
        return boxes

    def _box(self, node: SyntaxTreeNode) -> Box:
        line, content = _line(node), _inline(node).content
        title = TITLE.match(content)
        if not title:
            self.refuse(line, "B01", f'"{content}" must begin with the number of its box: ## 1 …')
            return Box(0, (), (), line)
        runs = self.inline.runs(_inline(node), line)
        first = replace(runs[0], text=TITLE.sub("", runs[0].text, count=1)) if runs else Run("")
        return Box(int(title[1]), (first, *runs[1:]), (), line)

    def _block(self, node: SyntaxTreeNode, inside: str = "box") -> Block | None:
        """A block, or None when it cannot stand inside this: a box, a list or a quotation."""
        if node.type == "paragraph":
            role = _lone_role(node)
            if role is not None and role.meta["name"] == "chart" and inside == "box":
                return self._chart(role.content, _line(node))
            return self._paragraph(node, _line(node))
        if node.type in ("bullet_list", "ordered_list"):
            start = int(node.attrs.get("start") or 1) if node.type == "ordered_list" else None
            items = tuple(self._blocks(item, "list") for item in node.children)
            return Listing(items, start)
        readers = {"blockquote": self._quotation, "table": self._table}
        if node.type == "heading" and node.tag == "h3":
            readers["heading"] = self._subheading
        if node.type not in readers:
            self.refuse(_line(node), "B08", f"{IN_A_BOX}; this is {node_in_words(node.type)}.")
        elif inside != "box":
            self.refuse(_line(node), "B08", f"{node_in_words(node.type)} stands in a box by itself, not in a {inside}.")
        else:
            return readers[node.type](node)
        return None

    def _blocks(self, node: SyntaxTreeNode, inside: str) -> tuple[Block, ...]:
        return tuple(filter(None, (self._block(child, inside) for child in node.children)))

    def _quotation(self, node: SyntaxTreeNode) -> Quotation | None:
        *blocks, last = self._blocks(node, "quotation") or (None,)
        if not blocks or not isinstance(last, Paragraph) or not last.text.startswith(DASHES):
            self.refuse(_line(node), "B08", f"{WHO_SAID_IT}.")
            return None
        if not SAID_BY.match(last.text):
            self.refuse(last.line, "B08", f"{WHO_SAID_IT}, not by name.")
        return Quotation(tuple(blocks), last)

    def _chart(self, content: str, line: int) -> Chart | Paragraph | None:
        """A chart; a sentence in its place where it is withheld, and the audit released more strictly than written."""
        try:
            return read_chart(content, self.sources.released, line)
        except Refused as problem:
            self.refuse(line, problem.type, problem.context["problem"], problem.context["nearest"])
        except NotInWords as problem:
            if self.sources.is_stricter:
                return Paragraph((Run(WITHHELD_PARAGRAPH, line=line),), line)
            self.refuse(line, "B05", str(problem))
        return None

    def _subheading(self, node: SyntaxTreeNode) -> Subheading:
        return Subheading(self._paragraph(node, _line(node)))

    def _table(self, node: SyntaxTreeNode) -> Table | None:
        head, *bodies = node.children
        rows = [head.children[0], *(row for body in bodies for row in body.children)]
        columns = len(rows[0].children)
        for row in rows:
            cells = len(BAR.split(self.lines[_line(row) - 1].strip().removeprefix("|").removesuffix("|")))
            if cells != columns:
                has = f"this row has {number_of(cells, 'cell')}, its table {number_of(columns, 'column')}"
                self.refuse(_line(row), "B08", f"{has}; a bar inside a cell is written \\|.")
        header, *others = (tuple(self._paragraph(cell, _line(row)) for cell in row.children) for row in rows)
        if columns > MOST_TABLE_COLUMNS:
            problem = f"a table in a box has at most {MOST_TABLE_COLUMNS} columns; this one has {columns}."
            self.refuse(_line(node), "B08", problem)
        if len(others) > MOST_TABLE_ROWS:
            problem = f"a table in a box has at most {MOST_TABLE_ROWS} rows; this one has {len(others)}."
            self.refuse(_line(node), "B08", problem)
        if not others or not all(cell.text.strip() for cell in header):
            self.refuse(_line(node), "B08", "a table has a heading over every column, and a row below.")
            return None
        sides = [re.search(r"text-align:(\w+)", str(cell.attrs.get("style", ""))) for cell in rows[0].children]
        return Table(header, tuple(others), tuple(side[1] if side else "left" for side in sides))

    def _paragraph(self, node: SyntaxTreeNode, line: int) -> Paragraph:
        """A paragraph; withheld whole when released more strictly than it was written for, and a figure is withheld."""
        inline = _inline(node)
        runs = self.inline.runs(inline, line) if inline else []
        if self.inline.take_withheld():
            runs = [Run(WITHHELD_PARAGRAPH, line=line)]
        return Paragraph(tuple(runs), line)


def _lone_role(node: SyntaxTreeNode) -> SyntaxTreeNode | None:
    """The role that is all of a paragraph."""
    inline = _inline(node)
    children = inline.children if inline else []
    return children[0] if len(children) == 1 and children[0].type == "myst_role" else None


def _inline(node: SyntaxTreeNode) -> SyntaxTreeNode | None:
    return node.children[0] if node.children else None


def _line(node: SyntaxTreeNode) -> int:
    return node.map[0] + 1 if node.map else 0
