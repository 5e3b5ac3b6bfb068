"""States of involvement in words, and each agency's figures by case."""

from auditbook.measures.involvement import INVOLVEMENT_FILE, NOTHING_TO_RETURN
from auditbook.reading.wording import noun, number
from auditbook.release.released import Involvement, Released, ReleasedMeasure

CAME_TO_FORUM = "came to the forum"
STATES_IN_WORDS = {
    "not_known_to_agency": "family not known",
    "not_involved": "not involved",
    "involved_unknown": "not known whether involved",
    "involved_not_scoped": "involved, missed at scoping",
    "scoped_not_invited": "identified, not invited",
    "no_response": "invited, no answer",
    "declined": "declined",
    "took_part": "took part without a return",
    "returned_late": "returned late",
    "returned": "returned",
    "moderated": "returned and moderated",
}
REPLIES_IN_WORDS = {
    "invited": "Invited to return an audit tool",
    "returned": "Returned it",
    "nothing_to_return": "Had nothing to return",
    "no_response": "Did not answer",
    "declined": "Declined",
    "took_part": "Took part without a return",
    "involved_not_scoped": "Involved, missed at scoping",
    "forum_agencies": "Came to the forum",
}
"""What came of asking agencies, by the category of `involvement.*`."""
ANSWERS = {
    "returned": "returned the tool",
    NOTHING_TO_RETURN: "had nothing to return",
    "declined": "declined",
    "no_response": "did not answer",
}
"""What came of asking, as the end of a sentence."""
FORUM_WORDS = {True: CAME_TO_FORUM, False: "did not come to the forum"}


def replies_in_words(released: Released) -> str:
    """`3 agencies were asked; 1 returned the tool, 1 had nothing to return, 1 did not answer.`

    Empty where it is not known how many were asked. What nobody did is left out; so is what cannot be told.
    """
    figures = released.by_family.get("involvement", {})
    invited = figures.get("invited")
    if invited is None or invited.value is None or not invited.is_shown:
        return ""
    replies = [
        f"{number(figures[category])} {words}"
        for category, words in ANSWERS.items()
        if category in figures and figures[category].value
    ]
    asked = f"{number(invited)} {noun('agencies', invited.value)} {'was' if invited.value == 1 else 'were'} asked"
    sentence = f"{asked}; {', '.join(replies)}." if replies else f"{asked}."
    return sentence[:1].upper() + sentence[1:]


def nothing_to_return(released: Released) -> int:
    """How many agencies that were invited had no part, where both are counted from rows; else 0."""
    figures = released.by_family.get("involvement", {})
    counted = [
        figures[category]
        for category in ("invited", NOTHING_TO_RETURN)
        if category in figures and figures[category].source == INVOLVEMENT_FILE
    ]
    return counted[1].value if len(counted) == 2 else 0


def state_in_words(state: str) -> str:
    return STATES_IN_WORDS[state]


def states_of(agency: Involvement) -> list[str]:
    """An agency's state in the audit as a whole, and whether it came to the forum where that is recorded."""
    forum = FORUM_WORDS.get(agency.is_at_forum)
    return [STATES_IN_WORDS[agency.state], *([forum] if forum else [])]


def by_case(released: Released) -> list[tuple[str, dict[str, ReleasedMeasure]]]:
    """Agency's label and its figures by state, for every agency that has any, in the order of the figures."""
    labels = {f"agency.{agency.id}": agency.label for agency in released.codebook.agencies.values()}
    return [(labels[family], figures) for family, figures in released.by_family.items() if family in labels]
