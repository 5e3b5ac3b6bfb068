"""Partnerships that published, and what becomes of their editions where somebody changed them."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from editions_made import AUDIT, OTHER, a_project, have_approved, publish

from auditbook.build.partners import with_partners
from auditbook.build.shown import Shown, read_and_release
from auditbook.demo.join import take_in
from auditbook.engine.store import Store
from auditbook.project import Project
from auditbook.validation.problems import InputRefused

VOICE = "voice_of_child"


def a_partnership(folder: Path, name: str, theme: str = VOICE, label: str = "") -> Project:
    """A published project with two audits; the first one has three findings on a theme and a recommendation."""
    project = a_project(folder, AUDIT, OTHER)
    (folder / "book" / "brand.yml").write_text(f"name: {name} Safeguarding Children Partnership\n")
    (project.data / "codebook" / "questions.csv").unlink()
    themes = project.data / "codebook" / "themes.csv"
    if theme != VOICE:
        text = themes.read_text("utf-8")
        assert "\nvoice_of_child,Voice of the child," in text
        themes.write_text(text.replace("\nvoice_of_child,Voice of the child,", f"\n{theme},{label},"), "utf-8")
    findings = "".join(f"f{number},development,{theme},3,They were not heard.\n" for number in range(3))
    audit = project.audits / AUDIT
    (audit / "findings.csv").write_text(f"finding,polarity,themes,box,text\n{findings}")
    (audit / "recommendations.csv").write_text(f"recommendation,text,themes,status\n1,Listen.,{theme},planned\n")
    later = project.audits / OTHER / "recommendations.csv"
    later.write_text(f"recommendation,text,status,follows\n1,Listen.,done,{AUDIT}/1\n")
    have_approved(project)
    publish(project)
    return project


def joined(handed_over: Path, themes: str = "") -> Project:
    project = take_in([handed_over / "north", handed_over / "south"], handed_over / "region")
    if themes:
        (project.partners / "themes.csv").write_text(f"partner,theme,shared\n{themes}")
    return project


def shown(project: Project) -> Shown:
    store = Store(project.root / "_build")
    return with_partners(project, read_and_release(project, store, None))


def told(call: Callable[[], object]) -> str:
    with pytest.raises(InputRefused) as refused:
        call()
    return str(refused.value)


def change(path: Path, harm: Callable[[dict], object], is_sealed: bool = True) -> None:
    """Change an edition; sealed, as somebody would who knows how its checksum is made."""
    found = json.loads(path.read_text("utf-8"))
    harm(found)
    path.write_text(json.dumps(sealed(found) if is_sealed else found, ensure_ascii=False), "utf-8")


def sealed(found: dict) -> dict:
    """With the checksum that it would have been written with."""
    content = {name: value for name, value in found.items() if name != "checksum"}
    written = json.dumps(content, sort_keys=True, ensure_ascii=False).encode()
    return content | {"checksum": hashlib.sha256(written).hexdigest()}
