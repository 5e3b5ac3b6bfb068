"""States of involvement in words, and each agency's figures by case."""

from auditbook.release.released import Figure, Involvement, Released

FORUM = "came to the forum"
WORDS = {
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
REPLIES = {
    "invited": "Invited to return an audit tool",
    "returned": "Returned it",
    "no_response": "Did not answer",
    "declined": "Declined",
    "took_part": "Took part without a return",
    "involved_not_scoped": "Involved, missed at scoping",
    "forum_agencies": "Came to the forum",
}
"""What came of asking agencies, by the end of `involvement.*`."""
FORUM_WORDS = {True: FORUM, False: "did not come to the forum"}


def state_in_words(state: str) -> str:
    return WORDS[state]


def states_of(each: Involvement) -> list[str]:
    """An agency's state in the audit as a whole, and whether it came to the forum where that is recorded."""
    forum = FORUM_WORDS.get(each.is_at_forum)
    return [WORDS[each.state], *([forum] if forum else [])]


def by_case(figures: Released) -> list[tuple[str, dict[str, Figure]]]:
    """Agency's label and its figures by state, for every agency that has any, in the order of the codebook."""
    own = figures.by_beginning
    known = figures.codebook.agencies.values()
    return [(agency.label, own[f"agency.{agency.id}"]) for agency in known if f"agency.{agency.id}" in own]
