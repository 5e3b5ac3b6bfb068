"""What one cell of a CSV file may hold, declared once for every column; pydantic checks, refusals tell."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError, ValidationInfo
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from auditbook.validation.csv_rows import Row, Rows
from auditbook.validation.dates import ShortDate
from auditbook.validation.files import is_name_for_all
from auditbook.validation.model_errors import OneOf, refuse_invalid
from auditbook.validation.names import folded, matching_ids, says_nothing, trimmed
from auditbook.validation.problems import Place, Refusals, WrongUsage, listed, nearest

SNAKE = re.compile(r"[a-z][a-z0-9_]*")
YES_NO = {"yes": ("y", "true"), "no": ("n", "false")}
"""Yes and no, and how people and spreadsheets write them."""
LOCAL_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


class Refused(PydanticCustomError):
    """A cell's problem: the rule's code, what is wrong, and the nearest accepted word."""

    def __new__(cls, rule: str, problem: str, near: str = ""):
        return super().__new__(cls, rule, "{problem}", {"problem": problem, "nearest": near})


def not_one_of(
    text: str, accepted: Iterable[str], rule: str = "V01", what: str = "one of the words used here"
) -> Refused:
    accepted = list(accepted)
    return Refused(rule, f'"{text}" is not {what}; expected {listed(accepted)}.', nearest(text, accepted))


def single_id(text: str, names_of: Mapping[str, Iterable[str]], rule: str) -> str | None:
    """The one id that a text means, None when it means none. Raises Refused where it may mean several (`rule`).

    names_of  id → its labels and other names
    """
    ids = matching_ids(text, names_of)
    if len(ids) > 1:
        raise Refused(rule, f'"{text}" may mean {" or ".join(ids)}; write the one that is meant.')
    return ids[0] if ids else None


def nearest_id(text: str, names_of: Mapping[str, Iterable[str]]) -> str:
    """The id most like a text, or whose label is; empty when none is much like it."""
    if near := nearest(text, names_of):
        return near
    labels = {label: key for key, names in names_of.items() for label in names}
    return labels.get(nearest(text, labels), "")


def one_of(*accepted: str, called: Mapping[str, str] | None = None) -> Any:
    """A cell that holds one of these words, however they are spelt: `In progress` is `in_progress`.

    called  word → what people read in its place, as in the lists of a workbook
    """
    names_of = {word: ((called or {}).get(word, word),) for word in accepted}

    def check(text: str) -> str:
        word = single_id(text, names_of, "V01")
        if word is None:
            raise not_one_of(text, accepted)
        return word

    return Annotated[str, AfterValidator(check), OneOf(accepted)]


def _matching(shape: re.Pattern, rule: str, expected: str, joint: str) -> Callable[[str], str]:
    """joint  stands in the id that is proposed where the text has what no id may have"""

    def check(text: str) -> str:
        if not shape.fullmatch(text):
            near = joint.join(re.findall(r"[A-Za-z0-9]+", text if joint == "-" else folded(text)))
            is_near = text[0].isalnum() and shape.fullmatch(near)
            raise Refused(rule, f'"{text}" is not {expected}.', near if is_near else "")
        if shape is SNAKE and not is_name_for_all(text):
            raise Refused(rule, f'"{text}" is a device on Windows, and files are called by such ids.', f"{text}_1")
        return text

    return check


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Refused("V08", "one value is expected here, not a list or a section.")
    return value


def _parts(text: str) -> tuple[str, ...]:
    parts = tuple(filter(None, map(trimmed, text.split(";"))))
    twice = next((part for part in parts if parts.count(part) > 1), None)
    if twice:
        raise Refused("V06", f'"{twice}" stands twice in this cell.')
    return parts


def whole(text: str) -> str:
    """A whole number's digits: `3.0`, as programs write it, is `3`; any other text as it is."""
    return text.partition(".")[0] if "." in text and re.fullmatch(r"[0-9]+\.0+", text) else text


def _whole(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,7}", whole(text)):
        raise Refused("V03", f'"{text}" is not a whole number.')
    return int(whole(text))


def _decimal(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,7}(\.[0-9]+)?", text):
        raise Refused("V03", f'"{text}" is not a number.')
    return float(text) if "." in text else int(text)


def _amount(text: str) -> float | tuple[float, float]:
    """A number, or a range `3..5`, its least and its greatest; a sign of percent behind it is nothing."""
    text = text.removesuffix("%").rstrip()
    if ".." not in text:
        return _decimal(text)
    least, greatest = (_decimal(part.strip()) for part in text.split("..", 1))
    if least >= greatest:
        raise Refused("V03", f'"{text}" is not a range: the smaller number first.')
    return least, greatest


def _yes_no(text: str) -> bool:
    word = single_id(text, YES_NO, "V01")
    if word is None:
        raise not_one_of(text, YES_NO)
    return word == "yes"


def _date(text: str) -> ShortDate:
    try:
        return ShortDate.read(text)
    except ValueError as error:
        raise Refused("V04", f"{error}.") from None


def names_in(codebook: Any, family: str) -> dict[str, tuple[str, ...]]:
    """Id → its label and other names, of the codebook's `themes`, `agencies` or `variables`."""
    return {entry.id: (entry.label, *getattr(entry, "also_called", ())) for entry in getattr(codebook, family).values()}


def agency_named(text: str, codebook: Any) -> str:
    """The id of the agency that somebody names on the command line. Raises WrongUsage, with the nearest, for none."""
    names_of = names_in(codebook, "agencies")
    try:
        agency = single_id(text, names_of, "A01")
    except Refused as problem:
        raise WrongUsage((problem.context or {})["problem"]) from None
    if agency is None:
        near = nearest_id(text, names_of)
        way_out = f"Nearest: {near}." if near else "data/codebook/agencies.csv lists them; add it there if it is new."
        raise WrongUsage(f'"{text}" is not an agency of the codebook. {way_out}')
    return agency


def from_codebook(family: str, rule: str, what: str) -> Any:
    """A cell that holds an id of the codebook, or what else it is called: `themes`, `agencies` or `variables`."""

    def check(text: str, info: ValidationInfo) -> str:
        if text in getattr(info.context["codebook"], family):
            return text
        names_of = names_in(info.context["codebook"], family)
        key = single_id(text, names_of, rule)
        if key is None:
            raise Refused(rule, f'"{text}" is not {what}.', nearest_id(text, names_of))
        return key

    return Annotated[str, AfterValidator(check)]


def _own_id(text: Any) -> Any:
    """`3.0`, as programs write the id `3` where a column has gaps, is that id."""
    return whole(text) if isinstance(text, str) else text


Snake = Annotated[str, AfterValidator(_matching(SNAKE, "V02", "an id in lower_snake_case", "_"))]
LocalId = Annotated[
    str, AfterValidator(_matching(LOCAL_ID, "V02", "an id of letters, digits, - and _", "-")), BeforeValidator(_own_id)
]
Parts = Annotated[tuple[str, ...], BeforeValidator(_parts), BeforeValidator(_text)]
Whole = Annotated[int, BeforeValidator(_whole), BeforeValidator(_text)]
Decimal = Annotated[float, BeforeValidator(_decimal), BeforeValidator(_text)]
Amount = Annotated[float | tuple[float, float], BeforeValidator(_amount), BeforeValidator(_text)]
Day = Annotated[ShortDate, BeforeValidator(_date), BeforeValidator(_text)]
YesNo = Annotated[bool, BeforeValidator(_yes_no), BeforeValidator(_text)]


class Record(BaseModel):
    """One row of a file. A field without a default must be filled in; every other may be empty.

    says_more  columns in which `N/A` is not as good as empty: of a moderated grade it could mean two things
    """

    says_more: ClassVar[tuple[str, ...]] = ()

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


R = TypeVar("R", bound=Record)


def read_records(rows: Rows, kind: type[R], context: dict, refusals: Refusals) -> list[tuple[Row, R]]:
    """Every valid row as a record, with the row it came from; the others' problems go to `refusals`.

    `N/A` in a cell that may be empty and holds no words of its own is as good as empty.
    """
    required = [name for name, field in kind.model_fields.items() if field.is_required()]
    coded = [name for name, field in kind.model_fields.items() if _is_coded(field) and name not in kind.says_more]
    check_columns(rows, kind.model_fields, required, refusals)
    missing = set(required) - set(rows.columns)
    records = []
    for row in rows.rows:
        cells = {column: cell for column, cell in row.cells.items() if column in kind.model_fields}
        for column in coded:
            if says_nothing(cells.get(column, "")):
                del cells[column]
        try:
            records.append((row, kind.model_validate(cells, context=context)))
        except ValidationError as error:
            refuse_invalid(
                error, lambda key, row=row: rows.place(row, str(key[0])), refusals, absent=missing, kind=kind
            )
    return records


def cells_of(record: Record) -> dict[str, str]:
    """A record as the cells of a row, each id and day as it is kept; empty ones left out."""
    return {column: written(value) for column, value in dict(record).items() if value not in (None, (), "")}


def written(value: Any) -> str:
    """A value as a cell of a table has it; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ";".join(value) if isinstance(value, tuple) else str(value)


def _is_coded(field: FieldInfo) -> bool:
    """Whether a field may be empty and holds no free text."""
    is_text = field.annotation in (str, str | None) and not field.metadata
    return not field.is_required() and not is_text


def check_columns(rows: Rows, columns: Iterable[str], required: Iterable[str], refusals: Refusals) -> None:
    """Refuse columns that nobody knows (F02), and miss those that must be there (F03)."""
    columns = list(columns)
    for column in rows.columns:
        if column not in columns:
            problem = f'"{column}" is not a column of this file; expected {listed(columns)}.'
            refusals.add(Place(rows.name, 1, column), "F02", problem, nearest(column, columns))
    for column in required:
        if rows.columns and column not in rows.columns:
            refusals.add(Place(rows.name, 1, column), "F03", f'the column "{column}" is missing.')
