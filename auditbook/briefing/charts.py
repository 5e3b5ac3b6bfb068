"""A picture of a table of the audit, in a box: bars of released figures, drawn by each form in its own way."""

from collections.abc import Iterable, Iterator

from auditbook.briefing.model import Bar, Chart, Paragraph, Run
from auditbook.reading import wording
from auditbook.reading.table import has_number, in_short, is_zero, of_base
from auditbook.release.figures import ReleasedMeasure
from auditbook.release.released import Released
from auditbook.validation.fields import Refused
from auditbook.validation.problems import WrongUsage, nearest

MOST_BARS = 8
"""As many as stand in half a page beside words, and can be read from the back of a room."""
THEMES = "themes"
"""The table whose bars are the findings that raised each theme."""


def read_chart(content: str, released: Released, line: int) -> Chart:
    """The chart of `{chart}`sex``, or of `{chart}`sex|Who the children were``.

    Zeros are left out, and what is withheld has words and no bar. Themes stand with most findings first.

    Raises Refused (B04, B08), and NotInWords where nothing could be drawn.
    """
    name, _, title = (part.strip() for part in content.partition("|"))
    label, rows = _theme_rows(released) if name == THEMES else _rows(name, released)
    rows = [(words, figure) for words, figure in rows if not is_zero(figure)]
    figures = [figure for _, figure in rows]
    if not any(map(has_number, figures)):
        raise wording.NotInWords(f"{name} has no number that could be drawn.")
    if len({figure.unit for figure in figures}) > 1:
        raise Refused(
            "B08", f"{name} is told in several units ({', '.join(sorted({figure.unit for figure in figures}))})."
        )
    if name == THEMES:
        rows = rows[:MOST_BARS]
    if len(rows) > MOST_BARS:
        raise Refused("B08", f"a chart in a box has at most {MOST_BARS} bars; {name} has {len(rows)}. Use {{list}}.")
    has_one_base = len({(figure.denominator, figure.base_label) for figure in figures if figure.is_shown}) == 1
    titled = (
        f"{title or label}, {of_base(figures, released)}"
        if has_one_base and any(figure.denominator for figure in figures)
        else title or label
    )
    bars = tuple(_bar(words, figure, figures, has_one_base, line) for words, figure in rows)
    origin = f"{titled} ({name})." + _sources(figures)
    return Chart(Paragraph((Run(titled, measure=name, origin=origin, line=line),), line), bars)


def charts_to_paste(released: Released) -> Iterator[tuple[str, str, str]]:
    """What is drawn, the role that draws it, and what its picture says, for each table that a box can hold."""
    families = released.codebook.variables
    listed = dict.fromkeys(figure.id.variable for figure in released if figure.id.variable in families)
    for name in [*listed, THEMES]:
        try:
            chart = read_chart(name, released, 0)
        except (Refused, wording.NotInWords):
            continue
        bars = "; ".join(f"{bar.label.text} {bar.words.text}" for bar in chart.bars)
        yield chart.title.text, f"{{chart}}`{name}`", f"{chart.title.text}: {bars}"


def _bar(label: str, figure: ReleasedMeasure, figures: list[ReleasedMeasure], is_short: bool, line: int) -> Bar:
    longest = max(measure.value for measure in figures if has_number(measure))
    words = in_short(figure) if is_short or not figure.is_shown else wording.count(figure)
    paragraphs = (Paragraph((Run(text, measure=figure.id, line=line),), line) for text in (label, words))
    return Bar(*paragraphs, figure.value, (figure.value or 0) / longest)


def _sources(figures: Iterable[ReleasedMeasure]) -> str:
    sources = dict.fromkeys(figure.source for figure in figures if figure.source)
    return f" Source: {', '.join(sources)}." if sources else ""


def _theme_rows(released: Released) -> tuple[str, list[tuple[str, ReleasedMeasure]]]:
    themes = released.codebook.themes
    figures = [
        figure
        for figure in released
        if figure.id.root == "theme" and figure.category == "findings" and has_number(figure)
    ]
    most_first = sorted(figures, key=lambda figure: (-figure.value, themes[figure.id.subject].label))
    title = "Themes raised most often, in findings" if len(figures) > MOST_BARS else "Themes, in findings"
    return title, [(themes[figure.id.subject].label, figure) for figure in most_first]


def _rows(name: str, released: Released) -> tuple[str, list[tuple[str, ReleasedMeasure]]]:
    """A table's title, and its counts with their labels, in the order of the codebook."""
    from auditbook.reading.opened import OpenedAudit  # knows pandas

    audit = OpenedAudit.opened(released)
    try:
        table = audit.table(name)
    except WrongUsage:
        raise Refused("B04", f'this audit has no table "{name}".', nearest(name, [*audit.tables, THEMES])) from None
    rows = table.frame
    if not {"id", "label", "kind"} <= set(rows.columns):
        raise Refused("B08", f"{name} is no table of counts; a chart takes a variable, or {THEMES}.")
    counted = rows[rows["kind"] != "statistic"]
    figures = table.definition.known(released)
    return table.title, [(str(row.label), figures[row.id]) for row in counted.itertuples()]
