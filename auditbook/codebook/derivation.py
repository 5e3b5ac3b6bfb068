"""How a derived variable is worked out from other variables of the same case or person."""

from collections.abc import Sequence
from dataclasses import dataclass

OUTSIDE_BANDS = "outside"
"""The code of a number that lies in none of the bands."""


@dataclass(frozen=True)
class Derivation:
    """How a variable is worked out.

    kind     bands, any, all or number
    parents  the variables that it is worked out from: one number, or several answers of yes or no
    bands    from where to where each band reaches
    """

    kind: str
    parents: tuple[str, ...]
    bands: tuple[tuple[int, int], ...] = ()

    def value(self, cells: Sequence[object]) -> str | None:
        """What a case or person has, by its parents' cells: a code, not_known, not_applicable, or None.

        An answer that does not apply is no yes; where none applies, neither does what is made of them. Where it hangs
        on what is not known it is not known, and where nothing at all was recorded it is not recorded.
        """
        if self.kind == "bands":
            return _band(self.bands, cells[0])
        if all(cell == "not_applicable" for cell in cells):
            return "not_applicable"
        if all(cell in (None, "not_applicable") for cell in cells):
            return None
        yes = sum(cell == "yes" for cell in cells)
        open_cells = sum(cell in (None, "not_known") for cell in cells)
        if self.kind == "number":
            return "not_known" if open_cells else str(yes)
        is_yes = yes > 0 if self.kind == "any" else yes == len(cells)
        is_no = yes + open_cells == 0 if self.kind == "any" else yes + open_cells < len(cells)
        return "yes" if is_yes else "no" if is_no else "not_known"


def _band(bands: Sequence[tuple[int, int]], cell: object) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    return next((band_code(*band) for band in bands if band[0] <= cell <= band[1]), OUTSIDE_BANDS)


def band_code(least: int, greatest: int) -> str:
    return str(least) if least == greatest else f"{least}-{greatest}"
