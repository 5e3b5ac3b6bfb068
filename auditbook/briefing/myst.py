"""The briefing as a page of the book: MyST text in which nothing that was entered can mean anything but itself."""

import re

from auditbook.briefing.html import chart_html
from auditbook.briefing.model import Block, Box, Briefing, Chart, Listing, Paragraph, Quotation, Run, Subheading, Table
from auditbook.codebook.measure_id import root_of
from auditbook.release.released import Released

SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+.!|~$^:@%&=-])")
IN_ADDRESS = {ord(mark): f"%{ord(mark):02X}" for mark in '<>"\\ \n\r\t`'}
"""What would end an address, as an address has it."""
RULE_ANCHORS = {
    "theme": "findings-and-themes",
    "findings": "findings-and-themes",
    "reflections": "findings-and-themes",
    "cases": "cases-and-people",
    "people": "cases-and-people",
    "involvement": "agencies",
    "agency": "agencies",
    "channel": "agencies",
    "grade": "grades",
    "answer": "what-agencies-answered",
    "asked": "what-agencies-answered",
    "agreement": "what-agencies-answered",
    "crossing": "crossings",
    "recommendations": "recommendations",
}
"""First word of a measure's id → the anchor of its rules on the page “How we count”; a variable's is `variables`."""


class Myst(str):
    """Text that is MyST already; what is glued to it is plain text again."""

    __slots__ = ()


def escape_myst(text: str) -> Myst:
    """Text as MyST that shows exactly this text: no role, no directive, no HTML, no link comes of it."""
    return Myst(SPECIAL.sub(r"\\\1", " ".join(text.split())))


def web_link(url: str, words: str = "") -> Myst:
    """A link for an address of the web; anything else stays text, so that no script hides behind a link.

    words  MyST that is read in its place; by default the address
    """
    if not url.startswith(("https://", "http://")):
        return escape_myst(url)
    return Myst(f"[{words or escape_myst(url)}](<{url.translate(IN_ADDRESS)}>)")


def escape_run(text: str) -> str:
    """The same for a stretch of text, its outer spaces kept."""
    inner = escape_myst(text)
    if not inner:
        return " "
    return (" " if text[0].isspace() else "") + inner + (" " if text[-1].isspace() else "")


def briefing_page(briefing: Briefing, released: Released) -> str:
    """The text of `book/audits/<id>/briefing.md`: the audit's title, what it is, then seven boxes in order."""
    settings = released.settings
    standfirst = " · ".join(filter(None, [released.audit_id.label, ", ".join(settings.partnerships)]))
    lines = [
        f"# {escape_myst(settings.title)}",
        "",
        f":::{{div}} ab-standfirst\n{escape_myst(standfirst)}\n:::",
        "",
    ]
    if settings.is_made_up:
        lines += [":::{admonition} Synthetic data", ":class: ab-synthetic"]
        lines += ["Made up to show how the book works. No real child, family or agency is described.", ":::", ""]
    if settings.remit:
        lines += [f":::{{div}} ab-remit\n{escape_myst(settings.remit)}\n:::", ""]
    for box in briefing.boxes:
        lines += [*_box(box), ""]
    lines += ["::::{div} ab-release", _release_line(released), ""]
    if not released.handed_over:
        lines += ["Take this briefing away:", "", "```{downloads}", "```"]
    lines += ["::::", ""]
    return "\n".join(lines)


def _release_line(released: Released) -> str:
    published = released.settings.published
    parts = [released.profile.words]
    if released.settings.release.reason and released.profile.name == "recorded":
        parts.append(released.settings.release.reason)
    line = escape_myst(" ".join(parts))
    if published.url.startswith(("https://", "http://")):
        line += f" {web_link(published.url, 'Where it was published')}."
    return line


def _box(box: Box) -> list[str]:
    lines = [f"## {box.number} {_runs(box.title)}"]  # the book gives it the anchor `box-1`; a label would be global
    for block in box.blocks:
        lines += ["", *_block(block)]
    return lines


def _block(block: Block) -> list[str]:
    match block:
        case Paragraph():
            return [_runs(block.runs)]
        case Subheading():
            return [f"### {_runs(block.words.runs)}"]
        case Quotation():
            lines = [line for part in block.every_block for line in ["", *_block(part)]][1:]
            return [f"> {line}".rstrip() for line in lines]
        case Table():
            return _table(block)
        case Chart():
            return ["```{raw} html", " ".join(chart_html(block).split()), "```"]
        case Listing():
            return _listing(block)


def _table(table: Table) -> list[str]:
    """A table in a division of its own, for it is set closer than those of other pages."""
    under = {"left": "---", "right": "---:", "center": ":---:"}
    header, *rows = ([_runs(cell.runs) for cell in row] for row in table.every_row)
    lines = ["| " + " | ".join(cells) + " |" for cells in [header, [under[side] for side in table.sides], *rows]]
    return [":::{div} ab-box-table", *lines, "", ":::"]


def _listing(block: Listing) -> list[str]:
    lines: list[str] = []
    for place, item in enumerate(block.items):
        mark = "-" if block.start is None else f"{block.start + place}."
        inner: list[str] = []
        for part in item:
            inner += ([""] if inner and isinstance(part, Paragraph) else []) + _block(part)
        indent = " " * (len(mark) + 1)
        lines += [f"{mark} {line}" if not place_of else f"{indent}{line}" for place_of, line in enumerate(inner)]
    return lines


def _runs(runs: tuple[Run, ...]) -> str:
    return "".join(_run(run) for run in runs).strip()


def _run(run: Run) -> str:
    text = escape_run(run.text)
    if run.measure:
        root = root_of(run.measure)
        target = f"../../method/how-we-count.md#{RULE_ANCHORS.get(root, 'variables')}"
        return f"[{text.strip()}]({target}){{.ab-figure}}"
    mark = ("**" if run.is_strong else "") + ("*" if run.is_emphasis else "")
    if mark and text.strip():
        inner = text.strip()
        text = (" " if text[0] == " " else "") + mark + inner + mark[::-1] + (" " if text[-1] == " " else "")
    return web_link(run.link, text.strip()) if run.link else text
