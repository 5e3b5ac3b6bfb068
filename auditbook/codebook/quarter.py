"""Audit ids: the quarter of the financial year, and a slug when a quarter has two audits."""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from functools import total_ordering
from typing import Self

from auditbook.validation.problems import WrongUsage, nearest

_SHAPE = re.compile(r"((?:19|20)\d{2})-(\d{2})-Q([1-4])(?:-([a-z0-9]+(?:-[a-z0-9]+)*))?", re.ASCII)


_YEARS = re.compile(r"((?:19|20)\d{2})\s?[-/–]\s?(?:(?:19|20)(?=\d\d))?(\d{2})(?!\d)", re.ASCII)
_QUARTER = re.compile(r"(?<![a-z0-9])q(?:uarter)?\s?([1-4])(?![0-9])", re.ASCII)


def _id_spelt_otherwise(text: str) -> str:
    """The audit id that is meant by `Q4 2020/21` or `2020-21-q4-Neglect`; empty where it is not told."""
    plain = text.casefold()
    years, quarter = _YEARS.search(plain), _QUARTER.search(plain)
    if not years or not quarter or int(years[2]) != (int(years[1]) + 1) % 100:
        return ""
    rest = re.findall(r"[a-z0-9]+", _QUARTER.sub(" ", _YEARS.sub(" ", plain)))
    return "-".join([f"{years[1]}-{years[2]}-Q{quarter[1]}", *rest])


@total_ordering
@dataclass(frozen=True)
class AuditId:
    """`2020-21-Q4` or `2020-21-Q4-neglect`. Q1 is April to June; Q4 January to March of the next calendar year.

    partner  of an audit that was handed over, the partnership with whose id its slug begins
    """

    start_year: int
    quarter: int
    slug: str = ""
    partner: str = field(default="", compare=False)

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises ValueError when the text is no audit id."""
        match = _SHAPE.fullmatch(text)
        if not match or int(match[2]) != (int(match[1]) + 1) % 100:
            problem = f'"{text}" is not an audit id such as 2020-21-Q4 or 2020-21-Q4-neglect'
            near = _id_spelt_otherwise(text)
            raise ValueError(f"{problem}. Nearest: {near}" if near else problem)
        return cls(int(match[1]), int(match[3]), match[4] or "")

    @property
    def year(self) -> str:
        """The financial year, `2020-21`."""
        return f"{self.start_year}-{(self.start_year + 1) % 100:02}"

    @property
    def label(self) -> str:
        """For readers: `Q4 2020-21`, with the slug's words behind it; a partnership's audits stand below its name."""
        words = self.slug.removeprefix(self.partner).strip("-").replace("-", " ")
        return f"Q{self.quarter} {self.year} {words}".rstrip()

    @property
    def first_day(self) -> date:
        return date(self.start_year + (self.quarter == 4), (4, 7, 10, 1)[self.quarter - 1], 1)

    @property
    def last_day(self) -> date:
        first = self.first_day
        return date(first.year, first.month + 2, monthrange(first.year, first.month + 2)[1])

    def __str__(self) -> str:
        return f"{self.year}-Q{self.quarter}" + (f"-{self.slug}" if self.slug else "")

    def __lt__(self, other: Self) -> bool:
        return (self.start_year, self.quarter, self.slug) < (other.start_year, other.quarter, other.slug)


def quarter_of(day: date) -> AuditId:
    """The quarter in which a day lies."""
    year = day.year if day.month >= 4 else day.year - 1
    return AuditId(year, (day.month - 4) // 3 % 4 + 1)


def refuse_unknown(ids: list[AuditId], known_ids: list[AuditId]) -> None:
    """Raises WrongUsage for an audit that does not exist, with the nearest that does."""
    for audit_id in ids:
        if audit_id not in known_ids:
            near = nearest(str(audit_id), map(str, known_ids))
            way_out = f"Nearest: {near}." if near else f"auditbook new {audit_id} starts it."
            raise WrongUsage(f"there is no audit {audit_id}. {way_out}")
