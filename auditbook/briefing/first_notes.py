"""The briefing that a new audit begins with: notes of what belongs in each box, which nobody publishes."""

from pathlib import Path

from auditbook.validation.problems import listed

FIRST_NOTES = Path(__file__).with_suffix(".md")


def first_notes() -> str:
    """The text of a new `briefing.md`."""
    return FIRST_NOTES.read_text("utf-8")


def notes_left(briefing: Path, name: str) -> str:
    """What to say of a briefing that still has such notes, by its lines; empty where everything was written over.

    name  how messages call the file
    """
    notes = {line.strip() for line in first_notes().splitlines() if line.strip() and not line.startswith("#")}
    lines = briefing.read_text("utf-8-sig").splitlines() if briefing.is_file() else []
    left = [str(number) for number, line in enumerate(lines, 1) if line.strip() in notes]
    if not left:
        return ""
    where = f"line {left[0]} is still a note" if len(left) == 1 else f"lines {listed(left)} are still notes"
    return f"{name}: {where} of what belongs there, from `auditbook new`; write over them."
