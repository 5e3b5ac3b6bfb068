"""What a briefing says word for word though its audit withholds it: the text of a finding of one case."""

from collections.abc import Iterator

from auditbook.briefing.model import Briefing
from auditbook.evidence.audit import Audit
from auditbook.leaks.normalise import plain_words
from auditbook.leaks.secrets import SHORTEST_TEXT
from auditbook.release.released import Released
from auditbook.validation.problems import Place, Refusals

Words = tuple[str, ...]


def refuse_withheld_words(briefing: Briefing, audit: Audit, released: Released, name: str, refusals: Refusals) -> None:
    """Refuse each paragraph, quotation or cell of a table that holds such a text (B10); it is not said again."""
    texts = withheld_texts(audit, released)
    for box in briefing.boxes:
        for paragraph in box.paragraphs():
            said = plain_words(paragraph.text)
            for finding in (each for each, words in texts.items() if _holds(said, words)):
                problem = (
                    f"these are the words of finding {finding}, which is of one case; this release withholds them."
                )
                refusals.add(Place(name, paragraph.line), "B10", problem)


def withheld_texts(audit: Audit, released: Released) -> dict[str, Words]:
    """Finding → the words of its text, of those that are not shown; what a shown text says too may be said."""
    if audit.findings is None or not released.profile.threshold:
        return {}
    shown = [plain_words(each.text) for each in released.findings if each.text]
    return {
        finding: words
        for finding, words in _single_cases(audit)
        if len(words) >= SHORTEST_TEXT and not any(_holds(each, words) for each in shown)
    }


def _single_cases(audit: Audit) -> Iterator[tuple[str, Words]]:
    for row in audit.findings.to_dict("records"):
        if row["case"]:
            yield row["finding"], plain_words(row["text"] or "")


def _holds(said: Words, words: Words) -> bool:
    return f" {' '.join(words)} " in f" {' '.join(said)} "
