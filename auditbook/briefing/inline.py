"""What stands in one paragraph of a briefing: words, figures, links; nothing that would be printed as its marks."""

import re
from collections.abc import Callable
from dataclasses import replace

from markdown_it.tree import SyntaxTreeNode

from auditbook.briefing.model import Run
from auditbook.briefing.roles import ROLES, read_role
from auditbook.briefing.sources import Sources
from auditbook.validation.fields import Refused

SAFE_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
HOLDS = "a briefing holds words, figures and links to https pages"
ELEMENT_NAMES = {
    "heading": "a heading of another level",
    "blockquote": "a quotation",
    "hr": "a rule",
    "fence": "a block of code",
    "code_block": "a block of code, for its lines begin with four spaces",
    "code_inline": "code in backticks",
    "html_block": "HTML",
    "html_inline": "HTML",
    "image": "a picture",
    "s": "struck-out text",
    "link": "a link to something else",
}
RAW = re.compile(
    r"\*\*|~~|(?<!\w)__(?=\w)|(?<!\w)==(?=\w)|\$\$|`|:::|\{\w+\}"  # bold, struck out, code, a directive, a role
    r"|\[\^\w+\]|\]\(|^\[[ xX]\]\s"  # a footnote, a link, a box to tick
    r"|^\s*\|.*\|\s*$|^#{1,6}\w|^#{1,6}$"  # a table, a heading
)
"""Marks of Markdown and its dialects that mean nothing where they stand, so that they would be printed."""
SENTENCE_ENDS = re.compile(r"(?:^|[.!?][”’\"')\]]*\s)[“‘\"'(\[]*$")
ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|etc|cf|vs|approx|no|nos|dr|mr|mrs|ms|st|s|ss|p|pp|para)\.\s$", re.IGNORECASE)


def node_in_words(kind: str) -> str:
    """A node of Markdown as readers call it."""
    name = ELEMENT_NAMES.get(kind, kind.replace("_", " "))
    return name if kind in ELEMENT_NAMES else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


class Inline:
    """Reads paragraphs of one briefing.

    refuse  takes line, rule, problem and the nearest accepted word
    """

    def __init__(self, sources: Sources, refuse: Callable[..., None]):
        self.sources, self.refuse = sources, refuse
        self._is_withheld = False

    def take_withheld(self) -> bool:
        """Whether a figure of the paragraph read last is withheld."""
        was, self._is_withheld = self._is_withheld, False
        return was

    def runs(self, inline: SyntaxTreeNode, line: int) -> list[Run]:
        """The stretches of text of a paragraph that begins in this line."""
        self.line = line
        runs = [run for child in inline.children for run in self._read(child, Run(""))]
        return _capitalised([run for run in runs if run.text])

    def _read(self, node: SyntaxTreeNode, look: Run) -> list[Run]:
        """The runs of a node, each looking like `look`."""
        look = replace(look, line=self.line)
        if node.type == "text":
            raw = RAW.search(node.content)
            if raw:
                problem = f'"{raw[0].strip()}" would be printed as it stands; Markdown makes nothing of it here.'
                if raw[0].strip("{}") in ROLES:
                    problem = f"{raw[0]} is a role without what it reads: {raw[0]}`id`, at once, between two backticks."
                self.refuse(self.line, "B08", problem)
            return [replace(look, text=node.content)]
        if node.type in ("softbreak", "hardbreak"):
            self.line += 1
            return [replace(look, text=" ")]
        if node.type == "myst_role":
            return self._role(node, look)
        href = str(node.attrs.get("href", ""))
        changes = {"strong": {"is_strong": True}, "em": {"is_emphasis": True}}
        if node.type == "link" and SAFE_LINK.fullmatch(href):
            changes["link"] = {"link": href}
        if node.type not in changes:
            self.refuse(self.line, "B08", f"{HOLDS}; this is {node_in_words(node.type)}.")
            return []
        inner = replace(look, **changes[node.type])
        return [run for child in node.children for run in self._read(child, inner)]

    def _role(self, node: SyntaxTreeNode, look: Run) -> list[Run]:
        try:
            run = read_role(node.meta["name"], node.content, self.sources)
        except Refused as problem:
            context = problem.context or {}
            if problem.type == "B05" and self.sources.is_stricter:
                self._is_withheld = True
            else:
                self.refuse(self.line, problem.type, context["problem"], context["nearest"])
            return []
        return [replace(run, is_strong=look.is_strong, is_emphasis=look.is_emphasis, link=look.link, line=look.line)]


def _capitalised(runs: list[Run]) -> list[Run]:
    """A figure at the start of a sentence begins with a capital; what people typed stays as they typed it.

    A line of a list that goes on after it (`…;`) begins no sentence.
    """
    before, out = "", []
    if runs and runs[-1].text.rstrip().endswith((";", ",")):
        before = ";"
    for run in runs:
        if run.measure and SENTENCE_ENDS.search(before) and not ABBREVIATED.search(before):
            run = replace(run, text=run.text[0].upper() + run.text[1:])
        before += run.text
        out.append(run)
    return out
