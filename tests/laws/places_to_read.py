"""Where people read a text, beside `files_with.READ`: kinds of files, and places in them."""

import json
from collections.abc import Callable

from files_with import attribute, changed_pdf, document, folded, page, set_property, slides, workbook
from openpyxl.chart import BarChart
from openpyxl.worksheet.datavalidation import DataValidation


def commented(text: str) -> bytes:
    return document(lambda file: file.add_comment(file.add_paragraph("x").runs, text=text))


def outlined(text: str) -> bytes:
    return changed_pdf(lambda writer: writer.add_outline_item(title=text, page_number=0))


def with_chart(text: str) -> bytes:
    def change(book) -> None:
        chart = BarChart()
        chart.title = text
        book.active.add_chart(chart, "B2")

    return workbook(change)


def with_prompt(text: str) -> bytes:
    rule = DataValidation(type="list", formula1='"a,b"', promptTitle="x", prompt=text[:250], showInputMessage=True)
    rule.add("A1")
    return workbook(lambda book: book.active.add_data_validation(rule))


def hidden_sheet(text: str) -> bytes:
    def change(book) -> None:
        sheet = book.create_sheet("x")
        sheet.sheet_state = "veryHidden"
        sheet["B2"] = text

    return workbook(change)


MORE: dict[str, Callable[[str], bytes | str]] = {
    "page.html noscript": lambda text: page(f"<noscript><p>{text}</p></noscript>"),
    "page.html template": lambda text: page(f"<template><p>{text}</p></template>"),
    "page.html text area": lambda text: page(f"<textarea>{text}</textarea>"),
    "page.html placeholder": lambda text: page(f'<input placeholder="{attribute(text)}">'),
    "page.html value": lambda text: page(f'<input value="{attribute(text)}">'),
    "page.html option": lambda text: page(f"<select><option>{text}</option></select>"),
    "page.html unfolded": lambda text: page(f"<details><summary>x</summary>{text}</details>"),
    "page.html page in it": lambda text: page(f'<iframe srcdoc="&lt;p&gt;{attribute(text)}&lt;/p&gt;"></iframe>'),
    "page.html card": lambda text: page("", f'<meta property="og:description" content="{attribute(text)}">'),
    "page.html linked data": lambda text: page(
        "", f'<script type="application/ld+json">{json.dumps({"description": text})}</script>'
    ),
    "page.html caption": lambda text: page(f"<table><caption>{text}</caption><tr><td>x</td></tr></table>"),
    "page.html title": lambda text: f"<!DOCTYPE html><html><head><title>{text}</title></head><body>x</body></html>",
    "feed.xml": lambda text: f"<rss><channel><item><title>{text}</title></item></channel></rss>",
    "table.csv head": lambda text: f'a,"{text}"\nx,y\n',
    "table.csv in UTF-16": lambda text: f'a,b\nx,"{text}"\n'.encode("utf-16"),
    "days.ics description": lambda text: folded(f"BEGIN:VCALENDAR\r\nDESCRIPTION:{text}\r\nEND:VCALENDAR\r\n"),
    "briefing.docx comment": commented,
    "briefing.docx footer": lambda text: document(lambda file: file.sections[0].footer.paragraphs[0].add_run(text)),
    "briefing.docx subject": lambda text: document(set_property("subject", text)),
    "tables.xlsx picture's title": with_chart,
    "tables.xlsx prompt": with_prompt,
    "tables.xlsx hidden sheet": hidden_sheet,
    "tables.xlsx title": lambda text: workbook(set_property("title", text)),
    "slides.pptx author": lambda text: slides(set_property("author", text)),
    "briefing.pdf outline": outlined,
    "briefing.pdf subject": lambda text: changed_pdf(lambda writer: writer.add_metadata({"/Subject": text})),
}
"""Where people read a text, beside those of `files_with.READ`."""
