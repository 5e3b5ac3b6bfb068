"""Random input for the readers of CSV, YAML and markdown: valid, or refused; never anything else.

`make laws` tries many more.
"""

import csv
import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from evidence.broken import AUDIT, FILES, put, write_valid
from hypothesis import example, given, settings
from hypothesis import strategies as st

from auditbook.build.check import check_audits
from auditbook.evidence.audit import read_audits
from auditbook.validation.problems import InputRefused, ReleaseRefused

CSV = sorted(file for file in FILES if file.endswith(".csv"))
WORDS = sorted(
    {cell for file in CSV for row in csv.reader(FILES[file].splitlines()) for cell in row}
    | {"", " ", ";", "=1+1", "not_known", "not_applicable", "0", "-1", "99999999999", "1e9", "NaN", "²", "é", "\u202e"}
    | {"0000", "0001-01", "9999-12-31", "2021-00", "A1;A1", "..", "a=b;a=c", "@ofsted", "min", "good+outstanding", '"'}
    | {"theme.voice_of_child", "channel.forum", "agency.police", "grade.overall", "cases", "2021-22-Q1/1", "outside: x"}
)


def is_valid_or_refused(file: str, content: bytes, read: Callable = read_audits) -> bool:
    """Nothing but a refusal may come of it, and every message must be able to be printed."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            read(write_valid(Path(folder), [put(file, content)]), None)
        except (InputRefused, ReleaseRefused) as refused:
            return bool(str(refused).encode())
    return True


@given(file=st.sampled_from(sorted(FILES)), content=st.binary(max_size=300))
def test_random_bytes_are_refused(file, content):
    assert is_valid_or_refused(file, content)


@given(file=st.sampled_from(CSV), content=st.text(st.sampled_from("a1,;\"\n\r= \t'é\\"), max_size=200))
def test_random_rows_are_refused(file, content):
    assert is_valid_or_refused(file, content.encode())


@given(data=st.data(), file=st.sampled_from(sorted(FILES)))
def test_a_valid_file_with_some_bytes_changed_is_valid_or_refused(data, file):
    content = FILES[file].encode()
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(len(content), start + 12)))
        content = content[:start] + data.draw(st.binary(max_size=6)) + content[end:]
    assert is_valid_or_refused(file, content)


@settings(max_examples=settings().max_examples * 2)
@given(data=st.data(), file=st.sampled_from(CSV))
def test_a_valid_file_with_some_cells_changed_is_valid_or_refused(data, file):
    rows = list(csv.reader(FILES[file].splitlines()))
    for _ in range(data.draw(st.integers(1, 4))):
        line = data.draw(st.integers(0, len(rows) - 1))
        place = data.draw(st.integers(0, len(rows[0]) - 1))
        rows[line][place] = data.draw(st.sampled_from(WORDS) | st.text(max_size=10))
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    assert is_valid_or_refused(file, text.getvalue().encode("utf-8", "surrogatepass"), check_audits)


values = st.recursive(
    st.sampled_from(["x", "8", "2021-04", "forum", "yes", "", "null", "recorded", "strict", "police", "2021-00-00"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["channel", "start", "a"]), inner, max_size=3)
    ),
    max_leaves=6,
)
keys = st.sampled_from(
    "title collection remit unit sample cohort fieldwork channels published release involvement x".split()
)


@given(settings=st.dictionaries(keys, values, max_size=6))
@example(settings={"title": []})
def test_settings_of_any_shape_are_valid_or_refused(settings):
    """Written as JSON, which YAML contains."""
    assert is_valid_or_refused(f"{AUDIT}/audit.yml", json.dumps(settings).encode())


@given(text=st.text(st.sampled_from("# 1234567{}`*_[]()<>|-\n:ab.!"), max_size=200))
def test_a_briefing_of_any_marks_is_valid_or_refused(text):
    assert is_valid_or_refused(f"{AUDIT}/briefing.md", text.encode(), check_audits)
