"""Combinations of features in words, and why there are none to show."""

from collections.abc import Callable

from auditbook.measures.combinations import Combination, Combined
from auditbook.reading.display import Display, Note, stack
from auditbook.reading.empty_messages import NOTHING_TOGETHER, TOTALS_ONLY
from auditbook.reading.wording import noun, require_released
from auditbook.release.released import INSIDE, Released

ROW_FILES = ("cases.csv", "people.csv")
NOT_PUBLISHED = (
    "Each case has a row of its own, but which features came together in it is not published: a combination can "
    "describe one family."
)


def why_none(released: Released) -> str:
    """The sentence where no combination can be shown; empty where there are some."""
    if require_released(released).combinations:
        return ""
    if not any(figure.source in ROW_FILES for figure in released):
        return TOTALS_ONLY
    return NOTHING_TOGETHER if released.profile.name == INSIDE else NOT_PUBLISHED


def each_combined(released: Released, draw: Callable[[Combined], Display]) -> Display:
    """What is drawn of each kind of unit; where none may be shown, a sentence says why."""
    reason = why_none(released)
    return Note(reason) if reason else stack(map(draw, released.combinations), "")


def title_of(combined: Combined) -> str:
    units = f"{combined.total} {noun(combined.noun, combined.total)}"
    return f"{combined.about or 'Answered by yes'}: what came together, of {units}"


def named(row: Combination) -> str:
    """`Neglect + Poverty`; labels may hold commas and the word and."""
    return " + ".join(row.features) or "None of these"


def unsure_in_words(row: Combination) -> str:
    """How many of them may have more features than are known."""
    return f"{row.unsure} with another answer not known" if row.unsure else ""


def left_out_in_words(combined: Combined) -> list[str]:
    """Features that are in no combination, and units of which nothing is known."""
    sentences = [f"Left out, because fewer had them: {'; '.join(combined.left_out)}."] if combined.left_out else []
    if combined.unknown:
        units = f"{combined.unknown} {noun(combined.noun, combined.unknown)}"
        sentences.append(f"Not counted, because none of the answers is known: {units}.")
    return sentences
