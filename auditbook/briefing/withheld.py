"""What a briefing may not say, said once a box and not paragraph by paragraph."""

from dataclasses import replace

from auditbook.briefing.model import Block, Box, Briefing, Listing, Paragraph, Run
from auditbook.reading.empty_messages import withheld_in_words
from auditbook.reading.wording import WITHHELD_IN_WORDS

WITHHELD_PARAGRAPH = "This paragraph is withheld: it gives numbers of few people."
"""Stands in for a paragraph when an audit is released more strictly than its briefing was written for."""
MANY_WITHHELD = "{} passages are withheld: they give numbers of few people."


def withheld_once(briefing: Briefing) -> Briefing:
    """The same briefing, in which each box says once how many of its paragraphs and points are withheld.

    The points of a list that only say `Label: a number that is withheld` become one.
    """
    return Briefing(tuple(replace(box, blocks=_gathered(box)) for box in briefing.boxes))


def _gathered(box: Box) -> tuple[Block, ...]:
    blocks: list[Block] = []
    passages: list[Paragraph] = []
    place = 0
    for block in box.blocks:
        kept, gone = _without_withheld(block)
        if gone and not passages:
            place = len(blocks)
        passages += gone
        blocks += [kept] if kept else []
    if passages:
        words = WITHHELD_PARAGRAPH if len(passages) == 1 else MANY_WITHHELD.format(len(passages))
        blocks.insert(place, _paragraph(words, passages[0].line))
    return tuple(blocks)


def _without_withheld(block: Block) -> tuple[Block | None, list[Paragraph]]:
    """What is left of a block, and its paragraphs that are withheld whole."""
    if isinstance(block, Paragraph):
        return (None, [block]) if block.text == WITHHELD_PARAGRAPH else (block, [])
    if not isinstance(block, Listing):
        return block, []
    gone = [item[0] for item in block.items if _is_one(item) and item[0].text == WITHHELD_PARAGRAPH]
    items = [item for item in block.items if not (_is_one(item) and item[0].text == WITHHELD_PARAGRAPH)]
    labels = {place: label for place, item in enumerate(items) if (label := _label_alone(item))}
    if len(labels) > 1:
        last = items[max(labels)][0]
        items = [item for place, item in enumerate(items) if place not in labels]
        items.append((_paragraph(withheld_in_words([*labels.values()]), last.line),))
        if len(items) == 1:
            return items[0][0], gone
    return (replace(block, items=tuple(items)) if items else None), gone


def _is_one(item: tuple[Paragraph | Listing, ...]) -> bool:
    return len(item) == 1 and isinstance(item[0], Paragraph)


def _label_alone(item: tuple[Paragraph | Listing, ...]) -> str:
    """`Within the remit`, of the point `Within the remit: a number that is withheld`; else nothing."""
    if not _is_one(item):
        return ""
    *before, last = item[0].runs
    if last.text == "." and before:
        *before, last = before
    label = "".join(run.text for run in before).rstrip()
    is_alone = last.measure and last.text == WITHHELD_IN_WORDS and label.endswith(":")
    return label.removesuffix(":") if is_alone and all(run.is_typed for run in before) else ""


def _paragraph(words: str, line: int) -> Paragraph:
    return Paragraph((Run(words, line=line),), line)
