"""Sentences put into a briefing of seven boxes, and read."""

from dataclasses import replace

from auditbook.briefing.model import Briefing
from auditbook.briefing.parse import parse_briefing
from auditbook.briefing.sources import Sources
from auditbook.release.released import Released
from auditbook.validation.problems import Refusals


def written_as_strict(released: Released) -> Released:
    """Figures of an audit whose own record says strict, so that its briefing must be written for it."""
    own = released.settings.release.model_copy(update={"profile": "strict"})
    return replace(released, settings=released.settings.model_copy(update={"release": own}))


def seven_boxes(**changes: str) -> str:
    boxes = {number: f"## {number} Title\n\nWords.\n" for number in range(1, 8)}
    boxes |= {int(key.removeprefix("box")): text for key, text in changes.items()}
    return "\n".join(text for text in boxes.values() if text)


def read(text: str, released: Released | Sources) -> tuple[Briefing | None, list[str]]:
    refusals = Refusals()
    sources = released if isinstance(released, Sources) else Sources(released)
    briefing = parse_briefing(text, sources, "briefing.md", refusals)
    return briefing, [str(refusal) for refusal in refusals.found]


def read_sentence(sentence: str, released: Released | Sources) -> tuple[Briefing | None, list[str]]:
    """The briefing whose first box says this and no more."""
    return read(seven_boxes(box1=f"## 1 Title\n\n{sentence}\n"), released)


def said(sentence: str, released: Released | Sources) -> str:
    briefing, problems = read_sentence(sentence, released)
    assert not problems
    return briefing.boxes[0].blocks[0].text


def problem(sentence: str, released: Released | Sources) -> str:
    briefing, [told] = read_sentence(sentence, released)
    assert briefing is None
    return told
