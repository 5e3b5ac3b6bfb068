"""How agencies are counted, and the channels through which evidence came."""

from builders import a_case, a_channel, a_tally, an_involvement
from spec.rules import NOT_LISTED, given, gives, rule

from auditbook.measures.involvement import agencies, channels, involvement, reply_of_agency

SECTION = "Agencies"
INTRODUCTION = """
What an agency did is recorded once for the whole audit, or case by case. Only where everybody is listed who was
invited can anything be said of all agencies invited.
"""
CODE = (involvement, reply_of_agency, agencies, channels)


@rule
def test_returned_is_of_the_agencies_invited():
    """Late and moderated returns are returns. Who was not invited, or took part without one, is not of the base."""
    return given(
        an_involvement("police", "returned"),
        an_involvement("schools", "returned_late"),
        an_involvement("hospital", "no_response"),
        an_involvement("social_care", "took_part"),
        an_involvement("voluntary", "involved_not_scoped"),
        involvement="complete",
    ), gives(
        {
            "involvement.invited": "3 agencies",
            "involvement.returned": "2 agencies of 3 agencies invited",
            "involvement.no_response": "1 agencies of 3 agencies invited",
            "involvement.declined": "0 agencies of 3 agencies invited",
            "involvement.took_part": "1 agencies",
            "involvement.involved_not_scoped": "1 agencies",
            "involvement.forum_agencies": NOT_LISTED,
        }
    )


@rule
def test_an_agency_that_was_asked_and_had_no_part_in_any_case_had_nothing_to_return():
    """It has answered. Not involved and not asked, or not known whether asked, is not of the base."""
    return given(
        a_case("A1"),
        a_case("A2"),
        an_involvement("police", "not_involved", case="A1", asked="yes"),
        an_involvement("police", "not_known_to_agency", case="A2", asked="yes"),
        an_involvement("schools", "returned", case="A1"),
        an_involvement("schools", "not_involved", case="A2", asked="yes"),
        an_involvement("hospital", "no_response", case="A1"),
        an_involvement("hospital", "not_involved", case="A2", asked="yes"),
        an_involvement("voluntary", "not_involved", asked="no"),
        involvement="complete",
    ), gives(
        {
            "involvement.invited": "3 agencies",
            "involvement.returned": "1 agencies of 3 agencies invited",
            "involvement.nothing_to_return": "1 agencies of 3 agencies invited",
            "involvement.no_response": "1 agencies of 3 agencies invited",
        }
    )


@rule
def test_who_had_nothing_to_return_is_told_only_where_it_is_recorded_who_was_asked():
    """Where it is recorded of some that had no part, it is at least so many; where of none, it is not listed."""
    return given(
        an_involvement("police", "not_involved", asked="yes"),
        an_involvement("schools", "not_known_to_agency"),
        an_involvement("hospital", "returned"),
        involvement="complete",
    ), gives(
        {
            "involvement.invited": "2 agencies",
            "involvement.nothing_to_return": "at least 1 agencies of 2 agencies invited",
        }
    )


@rule
def test_an_agency_that_was_asked_counts_once_among_those_invited_whatever_it_did():
    """One may have been missed at scoping and asked later, or could not find out whether it was involved."""
    return given(
        an_involvement("police", "involved_not_scoped", asked="yes"),
        an_involvement("schools", "involved_unknown", asked="yes"),
        an_involvement("hospital", "involved_unknown"),
        involvement="complete",
    ), gives(
        {
            "involvement.invited": "2 agencies",
            "involvement.returned": "0 agencies of 2 agencies invited",
            "involvement.nothing_to_return": "0 agencies of 2 agencies invited",
            "involvement.involved_not_scoped": "1 agencies",
        }
    )


@rule
def test_where_not_everybody_invited_is_listed_agencies_are_at_least():
    """There is no base then, and “at least 0” is not listed. This is so unless the audit says that it is complete."""
    return given(an_involvement("police", "returned"), an_involvement("hospital", "no_response", forum="yes")), gives(
        {
            "involvement.invited": "at least 2 agencies",
            "involvement.returned": "at least 1 agencies",
            "involvement.no_response": "at least 1 agencies",
            "involvement.declined": NOT_LISTED,
            "involvement.forum_agencies": "at least 1 agencies",
        }
    )


@rule
def test_an_agency_counts_once_with_the_most_it_did_in_any_case():
    """Police returned a tool for one case and did not answer for another: one agency invited, one returned."""
    return given(
        a_case("A1"),
        a_case("A2"),
        an_involvement("police", "returned", case="A1"),
        an_involvement("police", "no_response", case="A2"),
        an_involvement("schools", "declined", case="A1"),
        an_involvement("schools", "no_response", case="A2"),
        involvement="complete",
    ), gives(
        {
            "involvement.invited": "2 agencies",
            "involvement.returned": "1 agencies of 2 agencies invited",
            "involvement.no_response": "0 agencies of 2 agencies invited",
            "involvement.declined": "1 agencies of 2 agencies invited",
        }
    )


@rule
def test_an_agency_is_counted_in_the_cases_in_which_it_was_involved():
    """What it did is of those cases; whether it was involved at all, of all cases."""
    return given(
        *(a_case(f"A{number}") for number in (1, 2, 3, 4)),
        an_involvement("police", "moderated", case="A1"),
        an_involvement("police", "no_response", case="A2"),
        an_involvement("police", "not_involved", case="A3"),
        an_involvement("police", "not_known_to_agency", case="A4"),
        an_involvement("schools", "returned"),
    ), gives(
        {
            "agency.police.not_known_to_agency": "1 of 4 cases",
            "agency.police.not_involved": "1 of 4 cases",
            "agency.police.moderated": "1 cases of 2 cases in which it was involved",
            "agency.police.no_response": "1 cases of 2 cases in which it was involved",
            "agency.police.returned": "0 cases of 2 cases in which it was involved",
            "agency.schools.returned": NOT_LISTED,
            "agency.hospital.returned": NOT_LISTED,
        }
    )


@rule
def test_cases_an_agency_has_no_row_for_may_be_cases_it_knew_nothing_of():
    """Three cases, rows for two: not involved in at least one."""
    return given(
        *(a_case(f"A{number}") for number in (1, 2, 3)),
        an_involvement("police", "returned", case="A1"),
        an_involvement("police", "not_involved", case="A2"),
    ), gives(
        {
            "agency.police.not_involved": "at least 1 of 3 cases",
            "agency.police.not_known_to_agency": NOT_LISTED,
            "agency.police.returned": "1 cases of 1 cases in which it was involved",
        }
    )


@rule
def test_an_agency_at_the_forum_counts_once():
    """Exact where it is recorded of every agency, at least where it is recorded of some."""
    return given(
        an_involvement("police", "returned", forum="yes"),
        an_involvement("schools", "no_response", forum="yes"),
        an_involvement("hospital", "involved_not_scoped", forum="no"),
        involvement="complete",
    ), gives({"involvement.forum_agencies": "2 agencies"})


@rule
def test_a_row_of_a_case_that_was_replaced_counts_nowhere():
    """It leaves a visible warning."""
    return given(
        a_case("A1"),
        a_case("A2", scope="replaced"),
        an_involvement("police", "no_response", case="A1"),
        an_involvement("police", "returned", case="A2"),
        involvement="complete",
    ), gives(
        {
            "involvement.returned": "0 agencies of 1 agencies invited",
            "agency.police.no_response": "1 cases of 1 cases in which it was involved",
        },
        "involvement.csv: 1 row names a case that was replaced or excluded; nothing counts it.",
    )


@rule
def test_a_channel_counts_its_participants_and_the_cases_it_reached():
    """Participants have no base; cases are of all cases. What is not stated is not listed."""
    return given(
        a_channel("forum", participants=8), a_channel("parents", kind="family_contact", cases=2), drawn=5
    ), gives(
        {
            "channel.forum.participants": "8 participants",
            "channel.forum.cases": NOT_LISTED,
            "channel.parents.cases": "2 of 5 cases",
            "channel.parents.participants": NOT_LISTED,
        }
    )


@rule
def test_a_published_number_of_agencies_stands_where_rows_give_only_a_bound():
    """The source names two that returned, and says that nine of twelve did."""
    return given(
        an_involvement("police", "returned"),
        an_involvement("schools", "returned"),
        a_tally("involvement", "returned", 9, base=12, base_label="agencies invited"),
    ), gives({"involvement.returned": "9 of 12 agencies invited", "involvement.invited": "at least 2 agencies"})
