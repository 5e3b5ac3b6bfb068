"""A new book project, and a new audit in it."""

import shutil
from importlib.resources import files
from pathlib import Path

from auditbook.making.writing import write_atomically
from auditbook.words.project import Project
from auditbook.words.quarter import AuditId
from auditbook.words.refusals import WrongUsage

MADE_BY_A_RUN = ("audits", "trends", "codebook", "_generated")
"""Folders of `book/` that a run writes; a new project starts without them."""

BRIEFING = """## 1 How the audit was done

Say who took part and how. Figures are roles, never typed: {count}`recommendations.total`.

## 2 The cases

Say what the cases had in common, and what set them apart.

## 3 What works

- Name each strength in a few words, then say what was seen.

## 4 What needs to change

- Name each area for development in a few words, then say what was seen.

## 5 What the scrutineer saw

Say what the independent scrutineer made of the audit itself.

## 6 Recommendations

1. Say who should do what.

## 7 Recommendations, continued

2. Say what will be asked again next quarter.
"""

SETTINGS = """# What was audited, how, and who lets its figures out. Every key is described in the guide "A quarter".
title: {title}
remit: {remit}
collection: live # live: not published; published: a partnership printed it; synthetic: made up
partnerships: []
unit:
  singular: case
  plural: cases
involvement: partial # complete, once everybody who was invited is listed in involvement.csv
release:
  profile: strict # recorded needs approver, date and reason
"""

EMPTY = {
    "cases.csv": "case,scope,scope_reason\n",
    "involvement.csv": "agency,case,state,forum,reason\n",
    "findings.csv": "finding,case,agency,channel,polarity,themes,box,text\n",
    "recommendations.csv": (
        "recommendation,box,text,kind,owner,assured_by,assured_to,themes,findings,due,status,status_date,impact,follows\n"
    ),
}


def starting_files() -> Path:
    """Where the files of a new project lie: in an installed package, or the root of this repository."""
    packed = Path(str(files("auditbook"))) / "starter"
    return packed if packed.is_dir() else Path(str(files("auditbook"))).parent


def make_project(folder: Path) -> Project:
    """A working book project without audits. Raises WrongUsage when the folder holds anything."""
    if folder.exists() and any(folder.iterdir()):
        raise WrongUsage(f"{folder} is not empty; a new project needs a folder of its own.")
    source = starting_files()
    folder.mkdir(parents=True, exist_ok=True)
    left_out = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "provenance-*")
    for name in ("notebooks", "data/codebook"):
        shutil.copytree(source / name, folder / name, ignore=left_out)
    for path in sorted((source / "book").iterdir()):
        if path.is_dir() and path.name not in MADE_BY_A_RUN:
            shutil.copytree(path, folder / "book" / path.name, ignore=left_out)
        elif path.is_file():
            (folder / "book").mkdir(exist_ok=True)
            shutil.copy(path, folder / "book" / path.name)
    shutil.copy(source / "_config.yml", folder / "_config.yml")
    (folder / "data" / "audits").mkdir(parents=True)
    write_atomically(folder / ".gitignore", "_build/\ndata/audits/\n")
    return Project.find(folder)


def make_audit(project: Project, audit_id: AuditId, title: str, remit: str) -> Path:
    """The skeleton of an audit, which `check` accepts. Raises WrongUsage when the audit exists."""
    folder = project.audits / str(audit_id)
    if folder.exists():
        raise WrongUsage(f"there is an audit {audit_id} already; nothing was written.")
    texts = {"audit.yml": SETTINGS.format(title=_quoted(title), remit=_quoted(remit)), "briefing.md": BRIEFING, **EMPTY}
    for name, text in texts.items():
        write_atomically(folder / name, text)
    return folder


def _quoted(text: str) -> str:
    """A YAML string in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
