"""Charts of the slides: PowerPoint's own, so that they can be read aloud and changed; of released exact figures only.

A box's chart shows the counts that its text names, as far as they have one base. The box with most of the findings of
strength shows the themes they raise, and so does the box with most of the areas for development.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.util import Inches, Pt

from auditbook.briefing.brand import Brand
from auditbook.briefing.model import Box, Chart, Run
from auditbook.codebook.codebook import Theme
from auditbook.codebook.measure_id import MeasureId
from auditbook.reading.table import is_exact, of_base
from auditbook.release.released import Released, ReleasedMeasure

FEWEST, MOST_BARS_ON_A_SLIDE = 2, 7
"""Bars: one alone compares nothing, and more are too small to be read from the back of a room."""
TEXT, HEAD_SIZE = 14, 16
"""Points."""
CHART_ROW, ROUND = Inches(0.5), Inches(0.9)
"""How high a bar with its label is, and the title with the space around everything."""
POLARITY_PHRASES = {"strength": "as a strength", "development": "as an area for development"}


@dataclass(frozen=True)
class Bars:
    """A bar chart: its title, what each bar is of and how long it is, and where the figures come from."""

    title: str
    lengths: tuple[tuple[str, int | float | None], ...]
    source: str

    @property
    def words(self) -> str:
        """The text alternative: every figure of the picture."""
        return f"Bar chart. {self.title}. " + "; ".join(map(_labelled, self.lengths)) + "."

    @property
    def height(self) -> int:
        return ROUND + CHART_ROW * len(self.lengths)


def _labelled(bar: tuple[str, int | float | None]) -> str:
    label, length = bar
    return label if length is None else f"{label}: {length}"


def bars_of(box: Box, released: Released) -> Bars | None:
    """The chart that stands in a box; else one of its figures, or None when fewer than two of one base may be shown."""
    drawn = next((block for block in box.blocks if isinstance(block, Chart)), None)
    if drawn is not None:
        return _of_chart(drawn)
    polarity = next((kind for kind in POLARITY_PHRASES if box.number == _box_of(kind, released)), None)
    return (polarity and _themes(polarity, released)) or _counts(box, released)


def _of_chart(chart: Chart) -> Bars:
    """Its bars; what is no plain number has its words behind its label."""
    lengths = []
    for bar in chart.bars:
        is_plain = bar.words.text == f"{bar.value:,}" if bar.value is not None else False
        lengths.append((bar.label.text if is_plain else f"{bar.label.text}: {bar.words.text}", bar.value))
    return Bars(chart.title.text, tuple(lengths), "")


def _box_of(polarity: str, released: Released) -> int | None:
    """The box in which most findings of a kind stand."""
    boxes = Counter(finding.box for finding in released.findings if finding.polarity == polarity and finding.box)
    return int(max(boxes, key=lambda number: (boxes[number], -int(number)))) if boxes else None


def _themes(polarity: str, released: Released) -> Bars | None:
    """The themes raised most often; when all were raised as often, no bar would say more than the text."""
    ids = {theme.label: MeasureId.of("theme", theme.id, polarity) for theme in _every_theme(released)}
    every_row = [(label, released.figures.get(measure_id)) for label, measure_id in ids.items()]
    rows = [(label, figure) for label, figure in every_row if figure and is_exact(figure) and figure.value]
    if len({figure.value for _, figure in rows}) < 2:
        return None
    return _bars(f"Themes raised most often {POLARITY_PHRASES[polarity]}, in findings", rows)


def _every_theme(released: Released) -> Iterable[Theme]:
    return released.codebook.themes.values()


def _counts(box: Box, released: Released) -> Bars | None:
    """The largest group of counts of one base that the box's text names."""
    runs = (run for paragraph in box.paragraphs() for run in paragraph.runs)
    named = dict.fromkeys(run.measure for run in runs if not run.origin)
    groups: dict[tuple, list[ReleasedMeasure]] = {}
    for figure in (released.figures[measure] for measure in named if measure in released.figures):
        if _is_part(figure):
            groups.setdefault((figure.denominator, figure.base_label), []).append(figure)
    figures = max(groups.values(), key=len, default=[])
    labels = [_short(figure.label) for figure in figures]
    if len(set(labels)) < len(labels):
        labels = [figure.label for figure in figures]
    title = of_base(figures, released) if figures else ""
    return _bars(title[:1].upper() + title[1:], list(zip(labels, figures, strict=True)))


def _is_part(figure: ReleasedMeasure) -> bool:
    """Whether it counts a part of a base: a median or a number of months is none."""
    is_number = figure.id.is_summary or figure.category.isdigit()
    return is_exact(figure) and figure.denominator is not None and figure.value == figure.numerator and not is_number


def _short(label: str) -> str:
    """`Child protection plan` of `Plan when the case was drawn: Child protection plan`."""
    short = label.partition(": ")[2] or label
    return short[:1].upper() + short[1:]


def _bars(title: str, rows: Iterable[tuple[str, ReleasedMeasure]]) -> Bars | None:
    """The longest first; of those that are as long as one that has no room, none is picked."""
    longest = sorted(rows, key=lambda row: -row[1].value)
    if len(longest) > MOST_BARS_ON_A_SLIDE:
        longest = [
            row for row in longest[:MOST_BARS_ON_A_SLIDE] if row[1].value > longest[MOST_BARS_ON_A_SLIDE][1].value
        ]
    if len(longest) < FEWEST:
        return None
    sources = dict.fromkeys(figure.source for _, figure in longest if figure.source)
    return Bars(title, tuple((label, int(figure.value)) for label, figure in longest), "; ".join(sources))


def add_chart(slide, bars: Bars, left: int, top: int, width: int, brand: Brand, font: str, ink: str) -> None:
    """Draw a chart on a slide, with its text alternative."""
    data = CategoryChartData(number_format="0")
    data.categories = [label for label, _ in bars.lengths]
    data.add_series(bars.title, [length for _, length in bars.lengths])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, left, top, width, bars.height, data)
    frame.name = "Chart"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", bars.words)
    chart = frame.chart
    chart.font.size, chart.font.name, chart.font.color.rgb = Pt(TEXT), font, _colour(ink)
    chart.has_legend, chart.has_title = False, True
    title = chart.chart_title.text_frame
    title.text = bars.title
    run = title.paragraphs[0].runs[0].font
    run.size, run.bold, run.name, run.color.rgb = Pt(HEAD_SIZE), True, font, _colour(ink)
    _dress_axes(chart)
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories, plot.has_data_labels = 45, False, True
    labels = plot.data_labels
    labels.position, labels.show_value = XL_LABEL_POSITION.OUTSIDE_END, True
    labels.font.size, labels.font.bold = Pt(TEXT), True
    fill = plot.series[0].format.fill
    fill.solid()
    fill.fore_color.rgb = _colour(brand.colour)


def _dress_axes(chart) -> None:
    """The longest bar first; no grid and no scale, for each bar says its number."""
    bars, scale = chart.category_axis, chart.value_axis
    bars.reverse_order = True
    bars.major_tick_mark = XL_TICK_MARK.NONE
    bars.format.line.fill.background()
    scale.has_major_gridlines = False
    scale.minimum_scale = 0
    scale.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    scale.major_tick_mark = XL_TICK_MARK.NONE
    scale.format.line.fill.background()


def _colour(code: str) -> RGBColor:
    return RGBColor.from_string(code[1:].upper())


def sources_of(box: Box, released: Released) -> list[str]:
    """One line a figure or fact, in the order of the text; none twice."""
    runs = [run for paragraph in box.paragraphs() for run in paragraph.runs]
    lines = [_line(run, released) for run in runs if run.measure or run.fact]
    return list(dict.fromkeys(lines))


def _line(run: Run, released: Released) -> str:
    if run.fact or run.origin:
        return f"“{run.text}”: {run.origin or f'{run.fact}.'}"
    figures = [released[run.measure]] if run.measure in released else _of_variable(run.measure, released)
    labels = ", ".join(dict.fromkeys(_label(figure, len(figures)) for figure in figures))
    sources = ", ".join(dict.fromkeys(figure.source for figure in figures if figure.source))
    return (
        f"“{run.text}”: {labels} ({run.measure})."
        + (f" Source: {sources}." if sources else "")
        + (f" Beside it: {run.audit}." if run.audit else "")
    )


def _of_variable(variable: str, released: Released) -> list[ReleasedMeasure]:
    """A {list} names a variable: its figures that are not zero."""
    family = released.codebook.variables[variable].family
    return [figure for figure in released.of(family) if figure.value != 0]


def _label(figure: ReleasedMeasure, many: int) -> str:
    """`Sex: Female`, or the variable's own label where there are several."""
    return figure.label.partition(":")[0] if many > 1 else figure.label
