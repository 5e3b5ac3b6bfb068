"""What one cell of a CSV file may hold, declared once for every column; pydantic checks, refusals tell."""

import re
from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError

from auditbook.validation.csv_rows import Row, Rows
from auditbook.validation.dates import ShortDate
from auditbook.validation.problems import Place, Refusals, listed, nearest

SNAKE = re.compile(r"[a-z][a-z0-9_]*")
EXPECTED = {
    "string_type": "one value, not a list or a section,",
    "tuple_type": "a list",
    "model_type": "a section of `key: value` lines",
}
"""What pydantic's complaints about a shape say in words."""
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


def one_of(*accepted: str) -> Any:
    """A cell that holds one of these words."""

    def check(text: str) -> str:
        if text not in accepted:
            raise not_one_of(text, accepted)
        return text

    return Annotated[str, AfterValidator(check)]


def _matching(shape: re.Pattern, rule: str, expected: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not shape.fullmatch(text):
            raise Refused(rule, f'"{text}" is not {expected}.')
        return text

    return check


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Refused("V08", "one value is expected here, not a list or a section.")
    return value


def _parts(text: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in text.split(";") if part.strip())
    twice = next((part for part in parts if parts.count(part) > 1), None)
    if twice:
        raise Refused("V06", f'"{twice}" stands twice in this cell.')
    return parts


def _whole(text: str) -> int:
    if not re.fullmatch(r"\d{1,7}", text):
        raise Refused("V03", f'"{text}" is not a whole number.')
    return int(text)


def _decimal(text: str) -> float:
    if not re.fullmatch(r"\d{1,7}(\.\d+)?", text):
        raise Refused("V03", f'"{text}" is not a number.')
    return float(text) if "." in text else int(text)


def _yes_no(text: str) -> bool:
    if text not in ("yes", "no"):
        raise not_one_of(text, ("yes", "no"))
    return text == "yes"


def _date(text: str) -> ShortDate:
    try:
        return ShortDate.read(text)
    except ValueError as error:
        raise Refused("V04", f"{error}.") from None


def from_codebook(family: str, rule: str, what: str) -> Any:
    """A cell that holds an id of the codebook: `themes`, `agencies`, `variables` or `scales`."""

    def check(text: str, info: ValidationInfo) -> str:
        known = getattr(info.context["codebook"], family)
        if text not in known:
            labels = {each.label.casefold(): each.id for each in known.values()}
            if text.casefold() in labels:
                raise Refused(rule, f'"{text}" is the label of {what}; its id is expected.', labels[text.casefold()])
            raise Refused(rule, f'"{text}" is not {what}.', nearest(text, known))
        return text

    return Annotated[str, AfterValidator(check)]


Snake = Annotated[str, AfterValidator(_matching(SNAKE, "V02", "an id in lower_snake_case"))]
LocalId = Annotated[str, AfterValidator(_matching(LOCAL_ID, "V02", "an id of letters, digits, - and _"))]
Parts = Annotated[tuple[str, ...], BeforeValidator(_parts), BeforeValidator(_text)]
Whole = Annotated[int, BeforeValidator(_whole), BeforeValidator(_text)]
Decimal = Annotated[float, BeforeValidator(_decimal), BeforeValidator(_text)]
Day = Annotated[ShortDate, BeforeValidator(_date), BeforeValidator(_text)]
YesNo = Annotated[bool, BeforeValidator(_yes_no), BeforeValidator(_text)]


class Record(BaseModel):
    """One row of a file. A field without a default must be filled in; every other may be empty."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


R = TypeVar("R", bound=Record)


def read_records(rows: Rows, kind: type[R], context: dict, refusals: Refusals) -> list[tuple[Row, R]]:
    """Every valid row as a record, with the row it came from; the others' problems go to `refusals`."""
    required = [name for name, field in kind.model_fields.items() if field.is_required()]
    check_columns(rows, kind.model_fields, required, refusals)
    missing = set(required) - set(rows.columns)
    records = []
    for row in rows.rows:
        known = {column: cell for column, cell in row.cells.items() if column in kind.model_fields}
        try:
            records.append((row, kind.model_validate(known, context=context)))
        except ValidationError as error:
            tell(error, lambda key, row=row: rows.place(row, str(key[0])), refusals, absent=missing)
    return records


def check_columns(rows: Rows, known: Iterable[str], required: Iterable[str], refusals: Refusals) -> None:
    """Refuse columns that nobody knows (F02), and miss those that must be there (F03)."""
    known = list(known)
    for column in rows.columns:
        if column not in known:
            problem = f'"{column}" is not a column of this file; expected {listed(known)}.'
            refusals.add(Place(rows.name, 1, column), "F02", problem, nearest(column, known))
    for column in required:
        if rows.columns and column not in rows.columns:
            refusals.add(Place(rows.name, 1, column), "F03", f'the column "{column}" is missing.')


def tell(
    error: ValidationError,
    place: Callable[[tuple[str | int, ...]], Place],
    refusals: Refusals,
    absent: Iterable[str] = (),
    beside: Callable[[tuple[str | int, ...]], Iterable[str]] = lambda key: (),
) -> None:
    """Turn pydantic's errors into refusals.

    place   where a key stands: its path, a column's name alone
    absent  columns whose absence was told once already
    beside  the keys known beside one that is not known
    """
    for each in error.errors():
        key, context = each["loc"], each.get("ctx", {})
        if each["type"] == "missing" and key[0] in absent:
            continue
        if "problem" in context:
            refusals.add(place(key), each["type"], context["problem"], context["nearest"])
        elif each["type"] == "missing":
            refusals.add(place(key), "V05", "this must be filled in.")
        elif each["type"] == "extra_forbidden":
            known = list(beside(key))
            problem = f"this key is not known here; expected {listed(known)}."
            refusals.add(place(key), "V07", problem, nearest(str(key[-1]), known))
        else:
            kind = EXPECTED.get(each["type"], "something else")
            refusals.add(place(key), "V08", f"{kind} is expected here.")
