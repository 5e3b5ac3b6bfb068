"""Workbooks damaged at random: never a traceback, never a partial write."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from returns.workbooks import ID, put_return, rebuilt, return_of, returned_project, tables

from auditbook.project import Project
from auditbook.returns.importing import import_returns
from auditbook.validation.problems import InputRefused

XML = tuple(b'< > </ /> " & &#x0; ]]> <v> A1 1e999 -1 \xff\xfe \x00'.split())
"""What damage may put into a part: marks that matter to XML or to a sheet."""


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    return returned_project(tmp_path_factory.mktemp("returned"))


@pytest.fixture(scope="module")
def whole(project) -> bytes:
    return return_of(project.root).read_bytes()


def tried(project: Project, content: bytes, before: dict[str, bytes | None]) -> None:
    """Import it: either every table is written, or a problem is told in words and none is."""
    put_return(project, content)
    try:
        import_returns(project, ID)
    except InputRefused as refused:
        assert all(each.problem for each in refused.refusals)
        assert tables(project) == before
    else:
        assert [file for file, content in tables(project).items() if content is None] == ["answers.csv"]
    finally:
        restore(project, before)
    assert not list(project.audits.rglob("*.part"))


def restore(project: Project, before: dict[str, bytes | None]) -> None:
    for file, content in before.items():
        path = project.audits / str(ID) / file
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(content)


damage = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 40), st.sampled_from(XML) | st.binary(max_size=8)),
    min_size=1,
    max_size=6,
)
"""Where (a share of the whole), how many bytes go, and what comes in their place."""


def damaged(content: bytes, places: list[tuple[float, int, bytes]]) -> bytes:
    for share, gone, new in places:
        at = int(share * len(content))
        content = content[:at] + new + content[at + gone :]
    return content


@given(places=damage)
def test_a_file_with_damaged_bytes_is_refused_or_read_whole(project, whole, places):
    tried(project, damaged(whole, places), tables(project))


@given(share=st.floats(0, 1, exclude_max=True))
def test_a_file_that_was_cut_off_is_refused(project, whole, share):
    before = tables(project)
    put_return(project, whole[: int(share * len(whole))])
    with pytest.raises(InputRefused):
        import_returns(project, ID)
    assert tables(project) == before


@given(data=st.data(), places=damage)
def test_a_part_with_damaged_xml_is_refused_or_read_whole(project, whole, data, places):
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        part = data.draw(st.sampled_from(archive.namelist()))
    content = rebuilt(whole, lambda name, old: damaged(old, places) if name == part else old)
    tried(project, content, tables(project))


NAMES = tuple("r t s ref sheetId r:id Target name state count val sqref Id min max".split())
VALUES = ("", *"0 -1 1e999 99999999999 A0 ZZZZ9 A1:XFD1048576 é ../../etc/passwd s b e d".split())


wildness = st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES), st.integers(1, 30))
"""An attribute, its value, and how many of that name stand before it and with it."""


def with_wild(content: bytes, name: str, value: str, number: int) -> bytes:
    """XML in which one attribute of this name has this value, if there is any."""
    pieces = content.split(f' {name}="'.encode())
    if at := min(number, len(pieces) - 1):
        pieces[at] = value.encode() + pieces[at][pieces[at].find(b'"') :]
    return f' {name}="'.encode().join(pieces)


@given(data=st.data())
def test_a_part_with_wild_attributes_is_refused_or_read_whole(project, whole, data):
    wild = data.draw(wildness)
    part = data.draw(st.sampled_from(sorted(zipfile.ZipFile(io.BytesIO(whole)).namelist())))
    tried(project, rebuilt(whole, lambda each, old: with_wild(old, *wild) if each == part else old), tables(project))


def test_a_workbook_that_leads_out_of_itself_reads_no_other_file(project, whole):
    """A sheet's part named by a path above the archive is not there, and nothing else is read in its place."""
    away = str(Path("/etc/hostname")).encode()
    content = rebuilt(whole, lambda name, old: old.replace(b"/xl/worksheets/sheet4.xml", b"../../.." + away))
    before = tables(project)
    put_return(project, content)
    with pytest.raises(InputRefused):
        import_returns(project, ID)
    assert tables(project) == before
