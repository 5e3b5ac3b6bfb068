"""Where each figure and fact of a box comes from, in words."""

from auditbook.briefing.model import Box, Run
from auditbook.release.released import Figure, Released


def sources_of(box: Box, figures: Released) -> list[str]:
    """One line a figure or fact, in the order of the text; none twice."""
    runs = [run for paragraph in box.paragraphs() for run in paragraph.runs]
    lines = [_line(run, figures) for run in runs if run.measure or run.fact]
    return list(dict.fromkeys(lines))


def _line(run: Run, figures: Released) -> str:
    if run.fact:
        return f"“{run.text}”: {run.fact}."
    own = [figures[run.measure]] if run.measure in figures else _of_variable(run.measure, figures)
    labels = ", ".join(dict.fromkeys(_label(figure, len(own)) for figure in own))
    sources = ", ".join(dict.fromkeys(figure.source for figure in own if figure.source))
    return f"“{run.text}”: {labels} ({run.measure})." + (f" Source: {sources}." if sources else "")


def _of_variable(variable: str, figures: Released) -> list[Figure]:
    """A {list} names a variable: its figures that are not zero."""
    beginning = figures.codebook.variables[variable].beginning
    return [figure for figure in figures.of(beginning) if figure.value != 0]


def _label(figure: Figure, many: int) -> str:
    """`Sex: Female`, or the variable's own label where there are several."""
    return figure.label.partition(":")[0] if many > 1 else figure.label
