"""`briefing.md` → the briefing's model, or every problem in it with its line."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.myst_role import myst_role_plugin

from auditbook.briefing.model import Block, Box, Briefing, Listing, Paragraph, Run
from auditbook.briefing.roles import read_role
from auditbook.briefing.typed_numbers import counted_nouns, typed_numbers
from auditbook.release.profiles import profile_named
from auditbook.release.released import Released
from auditbook.validation.fields import Refused
from auditbook.validation.problems import Place, Refusals

NUMBERS = range(1, 8)
TITLE = re.compile(r"\s*(\d+)[\s.:–-]+(?=\S)")
WITHHELD = "This paragraph is withheld: it gives numbers of few people."
"""Stands in for a paragraph when an audit is released more strictly than its briefing was written for."""
SAFE_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


def parse_briefing(text: str, figures: Released, name: str, refusals: Refusals) -> Briefing | None:
    """Read a briefing with its figures put into words. Problems (B01 to B08) go to `refusals`; None when there are any.

    name  how messages call the file; the line given is the block's
    """
    before = len(refusals.found)
    reader = _Reader(figures, name, refusals)
    tokens = MarkdownIt("commonmark").use(myst_role_plugin).parse(text)
    boxes = reader.boxes(tokens)
    _check_numbers(boxes, name, refusals)
    briefing = Briefing(tuple(sorted(boxes, key=lambda box: box.number)))
    nouns = counted_nouns(figures)
    for paragraph in briefing.paragraphs():
        for typed in typed_numbers(paragraph, nouns):
            problem = f'"{typed}" is typed by hand beside what is counted; use a role, or {{fact}}`{typed}|its source`.'
            refusals.add(Place(name, paragraph.line), "B07", problem)
    return briefing if len(refusals.found) == before else None


def _check_numbers(boxes: list[Box], name: str, refusals: Refusals) -> None:
    numbers = [box.number for box in boxes]
    for number in NUMBERS:
        if number not in numbers:
            refusals.add(Place(name), "B01", f"box {number} is missing; a briefing has boxes 1 to 7 (## {number} …).")
    for box in boxes:
        if box.number not in NUMBERS or numbers.count(box.number) > 1:
            problem = f"box {box.number} stands there {'twice' if box.number in NUMBERS else 'but boxes end at 7'}."
            refusals.add(Place(name, box.line), "B01", problem)
        if not box.blocks:
            refusals.add(Place(name, box.line), "B02", f"box {box.number} is empty.")


class _Reader:
    """Walks the tokens of one briefing."""

    def __init__(self, figures: Released, name: str, refusals: Refusals):
        self.figures, self.name, self.refusals = figures, name, refusals
        own = profile_named(figures.settings.release.profile)
        self.is_stricter = figures.profile.strictness > own.strictness
        self.is_withheld = False

    def refuse(self, line: int, rule: str, problem: str, near: str = "") -> None:
        self.refusals.add(Place(self.name, line), rule, problem, near)

    def boxes(self, tokens: list[Token]) -> list[Box]:
        boxes: list[Box] = []
        place = 0
        while place < len(tokens):
            token = tokens[place]
            end = _closing(tokens, place)
            if token.type == "heading_open" and token.tag == "h2":
                boxes.append(self._box(tokens[place + 1]))
            else:
                block = self._block(tokens, place)
                if boxes and block:
                    boxes[-1] = Box(boxes[-1].number, boxes[-1].title, (*boxes[-1].blocks, block), boxes[-1].line)
                elif block:
                    self.refuse(_line(token), "B01", "this stands before the first box (## 1 …).")
            place = end + 1
        return boxes

    def _paragraph(self, inline: Token, line: int) -> Paragraph:
        """A paragraph; withheld whole when released more strictly than it was written for, and a figure is withheld."""
        runs = self._runs(inline, line)
        if self.is_withheld:
            self.is_withheld = False
            runs = [Run(WITHHELD)]
        return Paragraph(tuple(runs), line)

    def _box(self, inline: Token) -> Box:
        line = _line(inline)
        title = TITLE.match(inline.content)
        if not title:
            self.refuse(line, "B01", f'"{inline.content}" must begin with the number of its box: ## 1 …')
            return Box(0, (), (), line)
        runs = self._runs(inline, line)
        first = Run(TITLE.sub("", runs[0].text, count=1)) if runs else Run("")
        return Box(int(title[1]), (first, *runs[1:]), (), line)

    def _block(self, tokens: list[Token], place: int) -> Block | None:
        token = tokens[place]
        if token.type == "paragraph_open":
            return self._paragraph(tokens[place + 1], _line(token))
        if token.type in ("bullet_list_open", "ordered_list_open"):
            start = int(token.attrGet("start") or 1) if token.type == "ordered_list_open" else None
            return Listing(tuple(self._items(tokens, place)), start)
        what = token.type.removesuffix("_open").replace("_", " ")
        self.refuse(_line(token), "B08", f"a briefing holds paragraphs and lists; this is a {what}.")
        return None

    def _items(self, tokens: list[Token], place: int) -> list[tuple[Block, ...]]:
        end, items = _closing(tokens, place), []
        place += 1
        while place < end:
            item_end, blocks = _closing(tokens, place), []
            inner = place + 1
            while inner < item_end:
                block = self._block(tokens, inner)
                blocks += [block] if block else []
                inner = _closing(tokens, inner) + 1
            items.append(tuple(blocks))
            place = item_end + 1
        return items

    def _runs(self, inline: Token, line: int) -> list[Run]:
        runs: list[Run] = []
        state = {"is_strong": False, "is_emphasis": False, "link": ""}
        for token in inline.children or ():
            if token.type == "text":
                runs.append(Run(token.content, **state))
            elif token.type in ("softbreak", "hardbreak"):
                runs.append(Run(" ", **state))
            elif token.type == "myst_role":
                runs += self._role(token, line, state)
            elif token.type in ("strong_open", "strong_close"):
                state["is_strong"] = token.type == "strong_open"
            elif token.type in ("em_open", "em_close"):
                state["is_emphasis"] = token.type == "em_open"
            elif token.type == "link_open" and SAFE_LINK.fullmatch(str(token.attrGet("href"))):
                state["link"] = str(token.attrGet("href"))
            elif token.type == "link_close":
                state["link"] = ""
            else:
                what = token.type.removesuffix("_open").replace("_", " ")
                self.refuse(line, "B08", f"a briefing holds words, figures and links to https pages; this is a {what}.")
        return [run for run in runs if run.text]

    def _role(self, token: Token, line: int, state: dict) -> list[Run]:
        try:
            run = read_role(token.meta["name"], token.content, self.figures)
        except Refused as problem:
            context = problem.context or {}
            if problem.type == "B05" and self.is_stricter:
                self.is_withheld = True
                return []
            self.refuse(line, problem.type, context["problem"], context["nearest"])
            return []
        return [Run(run.text, **state, measure=run.measure, fact=run.fact)]


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _closing(tokens: list[Token], place: int) -> int:
    """Where the token that opens at `place` closes."""
    depth = 0
    for end in range(place, len(tokens)):
        depth += tokens[end].nesting
        if depth == 0:
            return end
    return len(tokens) - 1
