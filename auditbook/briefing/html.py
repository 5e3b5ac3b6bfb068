"""The briefing as one HTML file: no script, no request, looks and logo inside; for an intranet or an e-mail."""

from base64 import b64encode
from html import escape
from pathlib import Path

from auditbook.briefing.brand import brand_variables
from auditbook.briefing.forms import Handout
from auditbook.briefing.model import Block, Box, Chart, Listing, Paragraph, Quotation, Run, Subheading, Table

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
STYLESHEET = "\n" + Path(__file__).with_name("html.css").read_text("utf-8")


def write(handout: Handout) -> bytes:
    brand = handout.brand
    title = f"{handout.title}, {handout.quarter}"
    head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>:root{{{brand_variables(brand.colour, brand.accent)}}}{STYLESHEET}</style>"
    )
    body = "\n".join([_header(handout), _main(handout), _footer(handout)])
    return f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>{head}</head>\n<body>\n{body}\n</body>\n</html>\n'.encode()


def _header(handout: Handout) -> str:
    picture = ""
    if handout.brand.picture:
        kind = {"jpg": "jpeg"}.get(handout.brand.picture_kind, handout.brand.picture_kind)
        data = b64encode(handout.brand.picture).decode()
        picture = f'<p><img src="data:image/{kind};base64,{data}" alt="{escape(handout.brand.logo_alt)}"></p>'
    return (
        f'<header>{picture}<div class="ab-band"><p>{escape(handout.standfirst)}</p>'
        f"<h1>{escape(handout.title)}</h1></div></header>"
    )


def _main(handout: Handout) -> str:
    notices = "".join(f'<p class="ab-notice">{escape(notice)}</p>' for notice in handout.notices)
    remit = f'<p class="ab-remit">{escape(handout.remit)}</p>' if handout.remit else ""
    boxes = "\n".join(map(_box, handout.briefing.boxes))
    return f'<main>{notices}{remit}\n<div class="ab-boxes">\n{boxes}\n</div></main>'


def _footer(handout: Handout) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in handout.closing)
    links = "".join(
        f'<p>{escape(label)}: <a href="{escape(url)}">{escape(url)}</a></p>' for label, url in handout.links
    )
    return f"<footer>{lines}{links}</footer>"


def _box(box: Box) -> str:
    blocks = "".join(map(_block, box.blocks))
    return f'<section id="box-{box.number}"><h2>{box.number} {_runs(box.title)}</h2>{blocks}</section>'


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return f"<p>{_runs(block.runs)}</p>"
        case Subheading():
            return f"<h3>{_runs(block.words.runs)}</h3>"
        case Quotation():
            return f"<blockquote>{''.join(map(_block, block.every_block))}</blockquote>"
        case Table():
            return _table(block)
        case Chart():
            return chart_html(block)
        case Listing():
            items = "".join(f"<li>{_item(item)}</li>" for item in block.items)
            return f"<ul>{items}</ul>" if block.start is None else f'<ol start="{block.start}">{items}</ol>'


def _table(table: Table) -> str:
    sides = ["" if side == "left" else f' class="ab-{side}"' for side in table.sides]
    head = "".join(
        f'<th scope="col"{side}>{_runs(cell.runs)}</th>' for cell, side in zip(table.header, sides, strict=True)
    )
    rows = "".join(
        "<tr>" + "".join(f"<td{side}>{_runs(cell.runs)}</td>" for cell, side in zip(row, sides, strict=True)) + "</tr>"
        for row in table.rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def chart_html(chart: Chart) -> str:
    """A table whose cells hold bars and their numbers: what is seen and what is read aloud are one."""
    rows = "".join(
        f'<tr><th scope="row">{escape(bar.label.text)}</th><td>'
        f'<span class="ab-bar" style="--share:{bar.share:.3f}"></span>{escape(bar.words.text)}</td></tr>'
        for bar in chart.bars
    )
    return f'<table class="ab-bars"><caption>{escape(chart.title.text)}</caption><tbody>{rows}</tbody></table>'


def _item(parts: tuple[Block, ...]) -> str:
    """An item's only paragraph stands bare, as in the book; several are told apart."""
    if sum(isinstance(part, Paragraph) for part in parts) > 1:
        return "".join(map(_block, parts))
    return "".join(_runs(part.runs) if isinstance(part, Paragraph) else _block(part) for part in parts)


def _runs(runs: tuple[Run, ...]) -> str:
    return "".join(map(_run, runs)).strip()


def _run(run: Run) -> str:
    text = escape(run.text)
    if run.is_strong:
        text = f"<strong>{text}</strong>"
    if run.is_emphasis:
        text = f"<em>{text}</em>"
    return f'<a href="{escape(run.link)}">{text}</a>' if run.link else text
