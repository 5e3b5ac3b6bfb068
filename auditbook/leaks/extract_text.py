"""Text, CSV, JSON, notebooks and the search index."""

import base64
import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from auditbook.leaks.extract_markup import parse_html, parse_xml, pieces_of_markup
from auditbook.leaks.passages import (
    ADDRESS,
    CODE,
    WORDS,
    CannotRead,
    Inside,
    Passage,
    Piece,
    Row,
    Terms,
    grid_rows,
)

SET_INDEX = "Search.setIndex("
DELIMITERS = ",;\t|"
DEEPEST_JSON = 100
"""Levels of a JSON file; deeper ones are made to break readers."""


def pieces_of_text(text: str, within: str = "", kind: str = WORDS) -> Iterator[Passage]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield Passage(f"{within} line {number}".strip(), line, kind)


FOLDED = re.compile(r"\r?\n[ \t]")


def pieces_of_calendar(text: str) -> Iterator[Passage]:
    """A calendar or a card: a line that begins with a blank goes on with the one before; marks have a backslash."""
    yield from pieces_of_text(re.sub(r"\\([,;\\])|\\[nN]", lambda mark: mark[1] or " ", FOLDED.sub("", text)))


def pieces_of_csv(text: str) -> Iterator[Piece]:
    yield from pieces_of_text(text)
    head = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    longest = csv.field_size_limit(len(text) + 1)  # of this process, so it is put back
    try:
        grid = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter))
    finally:
        csv.field_size_limit(longest)
    yield from grid_rows("", (), grid)


def pieces_of_json(text: str) -> Iterator[Piece]:
    content = parse_json(text)
    if isinstance(content, dict) and isinstance(content.get("cells"), list) and "nbformat" in content:
        yield from _notebook(content)
    else:
        yield from _values(content, "$")


def parse_json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise CannotRead("it is no valid JSON") from None


def _values(value: Any, place: str, depth: int = 0, about: tuple[str, ...] = ()) -> Iterator[Piece]:
    """Every key and value, and each object as a row of what it holds.

    about  the key that it stands under
    """
    if depth > DEEPEST_JSON:
        raise CannotRead("its sections are nested too deeply")
    if isinstance(value, dict):
        yield from _object(value, place, about)
        for key, part in value.items():
            yield Passage(f"{place} key", key, CODE)
            yield from _values(part, f"{place}.{key}", depth + 1, (key,))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _values(item, f"{place}[{number}]", depth + 1, about)
    elif isinstance(value, str):
        yield Passage(place, value)
    elif value is not None and not isinstance(value, bool):
        is_whole = isinstance(value, int) or value.is_integer()
        yield Passage(place, str(int(value) if is_whole else value), CODE if is_whole else ADDRESS)


def _object(value: Mapping[str, Any], place: str, about: tuple[str, ...]) -> Iterator[Row]:
    """An object as a row, and its lists of one length as columns, as data of a picture stand."""
    plain = {key: str(part) for key, part in value.items() if isinstance(part, str | int | float)}
    if len(plain) > 1 or (plain and about):
        yield Row(place, about, tuple(plain), tuple(plain.values()))
    lists = {key: column for key, column in value.items() if _is_column(column)}
    titles = (*about, *(text for text in value.values() if isinstance(text, str)))
    if len(lists) > 1 and len({*map(len, lists.values())}) == 1:
        for cells in zip(*lists.values(), strict=True):
            yield Row(place, titles, tuple(lists), tuple(map(str, cells)))


def _is_column(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(cell, str | int | float) for cell in value)


def _notebook(notebook: Mapping[str, Any]) -> Iterator[Piece]:
    for number, cell in enumerate(notebook["cells"], start=1):
        place = f"cell {number}"
        yield from pieces_of_text(_joined(cell.get("source")), f"{place} source")
        for output in cell.get("outputs", ()):
            yield from pieces_of_text(_joined(output.get("text")), f"{place} output")
            yield from pieces_of_text(_joined(output.get("traceback"), "\n"), f"{place} traceback")
            yield from _bundle(output.get("data", {}), f"{place} output")
            yield from _values({**output, "data": None, "text": None, "traceback": None}, f"{place} output")
        for name, bundle in cell.get("attachments", {}).items():
            yield Passage(f"{place} attachment", name, CODE)
            yield from _bundle(bundle, f"{place} attachment")
        others = {key: part for key, part in cell.items() if key not in ("source", "outputs", "attachments")}
        yield from _values(others, place)
    yield from _values({key: part for key, part in notebook.items() if key != "cells"}, "notebook")


def _bundle(bundle: Mapping[str, Any], place: str) -> Iterator[Piece]:
    """One output in several forms."""
    for kind, content in bundle.items():
        within = f"{place} {kind}"
        if kind == "text/html":
            yield from pieces_of_markup(parse_html(_joined(content).encode()), within)
        elif kind == "image/svg+xml":
            yield from pieces_of_markup(parse_xml(_joined(content).encode()), within)
        elif kind.startswith(("image/", "application/pdf")):
            yield Inside(within, f"output.{kind.rpartition('/')[2]}", base64.b64decode(_joined(content)))
        elif isinstance(content, str | list) and not kind.endswith("json"):
            yield from pieces_of_text(_joined(content), within)
        else:
            yield from _values(content, within)


def _joined(text: Any, between: str = "") -> str:
    return between.join(map(str, text)) if isinstance(text, list) else text or ""


def pieces_of_script(text: str) -> Iterator[Piece]:
    """A script's lines, or what the book's search index holds."""
    if text.lstrip().startswith(SET_INDEX):
        yield from _index(parse_json(text.strip()[len(SET_INDEX) :].rstrip(";").removesuffix(")")))
    else:
        yield from pieces_of_text(text, kind=CODE)


def _index(index: Mapping[str, Any]) -> Iterator[Piece]:
    yield from _values({key: part for key, part in index.items() if key not in ("terms", "titleterms")}, "index")
    stems: dict[int, set[str]] = defaultdict(set)
    for part in ("terms", "titleterms"):
        for stem, pages in index.get(part, {}).items():
            for page in pages if isinstance(pages, list) else [pages]:
                stems[page].add(stem)
    for page, words in stems.items():
        name = index["docnames"][page]
        yield Terms(f"the words of {name}", name, frozenset(words))
