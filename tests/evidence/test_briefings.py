"""The briefing: B. Each broken input gives one message, with its line."""

import pytest
from evidence.broken import Change, broken, lines_of, swap


def box_3(line: str) -> Change:
    """This line is the first of box 3."""
    return swap("briefing.md", "## 3 Box 3\n", f"## 3 Box 3\n\n{line}\n")


BROKEN = [
    broken(
        "B01",
        "briefing.md: box 7 is missing; a briefing has boxes 1 to 7 (## 7 …).",
        swap("briefing.md", "## 7 Box 7\n\nWords about practice.\n", ""),
    ),
    broken(
        "B02",
        "briefing.md:25: box 7 is empty.",
        swap("briefing.md", "## 7 Box 7\n\nWords about practice.\n", "## 7 Box 7\n"),
    ),
    broken(
        "B03",
        "briefing.md:11: {cuont} is not a role of a briefing. Nearest: count.",
        box_3("{cuont}`cases.total`"),
    ),
    broken(
        "B04",
        'briefing.md:11: this audit states no measure "case.total". Nearest: cases.total.',
        box_3("{count}`case.total`"),
    ),
    broken(
        "B05",
        "briefing.md:11: sex.F is withheld; only {count} may name it.",
        box_3("{number}`sex.F`"),
        swap("audit.yml", "profile: internal", "profile: strict"),
    ),
    broken(
        "B06",
        "briefing.md:11: {fact}`three boards` must give words and their source: {fact}`words|source`.",
        box_3("{fact}`three boards`"),
    ),
    broken(
        "B07",
        'briefing.md:11: "Two" is typed by hand; write {count}`factors.3A` (“2 of the 7 cases”), or '
        "{fact}`Two|its source`.",
        box_3("Two had lived with domestic abuse."),
    ),
    broken(
        "B07",
        'briefing.md:11: "977" is typed by hand; use a role, or {fact}`977|its source`.',
        box_3("It was so in these 977 cases."),
    ),
    broken(
        "B08",
        "briefing.md:11: a box holds paragraphs, lists, sub-headings (###), tables, charts and quotations (>); "
        "this is a rule.",
        box_3("---"),
    ),
    broken(
        "B08",
        "briefing.md:13: this row has 3 cells, its table 2 columns; a bar inside a cell is written \\|.",
        box_3("| a | b |\n|---|---|\n| c | d | e |"),
    ),
    broken(
        "B08",
        "briefing.md:11: a quotation ends, after an empty line (>), with who said it, by their part: "
        "> — a practitioner.",
        box_3("> It was so."),
    ),
    broken(
        "B09",
        "briefing.md:11: {change}`cases.total` must name another audit: {change}`2024-25-Q1/cases.total`.",
        box_3("{change}`cases.total`"),
    ),
    broken(
        "B10",
        "briefing.md:11: these are the words of finding f1, which is of one case; this release withholds them.",
        box_3("> They said: “seen often – and ALONE”.\n>\n> — a practitioner"),
        swap("audit.yml", "profile: internal", "profile: strict"),
    ),
    broken(
        "B11",
        "briefing.md:11: this holds the id of a case (not shown), which stays inside; say it without.",
        box_3("During COVID-19 the plan drifted."),
        swap("cases.csv", "A3,in,,F", "covid-19,excluded,Left out,,,,,,,\nA3,in,,F"),
    ),
    broken(
        "D08",
        "briefing.md:11: the fonts of the PDF do not have “👶”; say it in words of Latin, Greek or Cyrillic letters.",
        box_3("Voice 👶."),
    ),
]


@pytest.mark.parametrize("each", BROKEN, ids=str)
def test_a_broken_briefing_is_told_in_one_message_with_its_line(each, tmp_path):
    assert lines_of(tmp_path, *each.changes) == [each.message]
