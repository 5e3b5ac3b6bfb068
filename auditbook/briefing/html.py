"""The briefing as one HTML file: no script, no request, looks and logo inside; for an intranet or an e-mail."""

from base64 import b64encode
from html import escape

from auditbook.briefing.brand import brand_variables
from auditbook.briefing.forms import Handout
from auditbook.briefing.model import Block, Box, Chart, Listing, Paragraph, Quotation, Run, Subheading, Table

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
STYLESHEET = """
*{box-sizing:border-box}
body{margin:0 auto;padding:1.25rem;max-width:64rem;
 font:1.0625rem/1.5 Arial,'Liberation Sans',Arimo,Helvetica,sans-serif;color:#0b0c0c;background:#fff}
header,.ab-boxes>section{break-inside:avoid}
.ab-band{background:var(--ab-brand);color:#fff;padding:1.25rem 1.5rem}
.ab-band p{margin:0 0 .25rem}
h1{margin:0;font-size:1.9rem;line-height:1.2}
.ab-remit{font-size:1.15rem}
.ab-notice{border:1px solid var(--ab-accent);border-left-width:.4rem;color:var(--ab-accent);font-weight:700;
 padding:.6rem 1rem}
.ab-boxes{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:1.25rem}
.ab-boxes>section{border:1px solid #b1b4b6;border-top:.3rem solid var(--ab-brand);padding:.25rem 1.25rem .5rem}
h2{color:var(--ab-brand);font-size:1.3rem;line-height:1.25}
a{color:var(--ab-brand)}
li{margin:.35rem 0}
h3{font-size:1.1rem;line-height:1.3;margin:1rem 0 .4rem}
blockquote{margin:1rem 0;padding:.05rem 0 .05rem 1rem;border-left:.3rem solid var(--ab-brand)}
table{border-collapse:collapse;width:100%;margin:1rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid #b1b4b6}
th{border-bottom:2px solid var(--ab-brand)}
.ab-right{text-align:right;font-variant-numeric:tabular-nums}
.ab-center{text-align:center}
footer{border-top:1px solid #b1b4b6;margin-top:1.5rem;font-size:.95rem;overflow-wrap:anywhere}
.ab-bars caption{text-align:left;font-weight:700;padding-bottom:.3rem}
.ab-bars th,.ab-bars td{border:0;padding:.15rem .6rem .15rem 0;vertical-align:middle}
.ab-bars th{font-weight:400;width:38%}
.ab-bar{display:inline-block;height:.95em;width:calc(var(--share)*62%);background:var(--ab-brand);margin-right:.45em;
vertical-align:-.12em;print-color-adjust:exact}
img{max-height:4.5rem;max-width:100%}
@media print{body{padding:0;font-size:10.5pt}.ab-band{print-color-adjust:exact}}
"""


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
