"""What a briefing may not say is said once a box."""

from auditbook.briefing.model import Box, Briefing, Listing, Paragraph, Run
from auditbook.briefing.withheld import WITHHELD_PARAGRAPH, withheld_once
from auditbook.reading.wording import WITHHELD_IN_WORDS as NUMBER

GONE = Paragraph((Run(WITHHELD_PARAGRAPH),))


def words(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def point(label: str, figure: str = NUMBER) -> Paragraph:
    return Paragraph((Run(f"{label}: "), Run(figure, measure="sex.F")))


def listing(*items: Paragraph) -> Listing:
    return Listing(tuple((item,) for item in items))


def blocks(*given) -> list[str | list[str]]:
    [box] = withheld_once(Briefing((Box(1, (Run("Title"),), given),))).boxes
    return [
        block.text if isinstance(block, Paragraph) else [each.text for [each] in block.items] for block in box.blocks
    ]


def test_one_paragraph_that_is_withheld_says_so_where_it_stood():
    assert blocks(words("A."), GONE, words("B.")) == ["A.", WITHHELD_PARAGRAPH, "B."]


def test_several_are_counted_at_the_place_of_the_first():
    several = "3 passages are withheld: they give numbers of few people."
    assert blocks(words("A."), GONE, words("B."), GONE, listing(GONE, words("C"))) == ["A.", several, "B.", ["C"]]


def test_a_list_of_which_everything_is_withheld_is_gone():
    assert blocks(listing(GONE, GONE)) == ["2 passages are withheld: they give numbers of few people."]


def test_points_that_only_say_that_a_number_is_withheld_become_one():
    told = "Withheld, so that nobody can be recognised: Girls; Boys."
    assert blocks(listing(point("Girls"), point("All", "9 children"), point("Boys"))) == [["All: 9 children", told]]
    assert blocks(listing(point("Girls"), point("Boys"))) == [told]


def test_one_such_point_and_a_sentence_stay():
    sentence = Paragraph((Run("In "), Run(NUMBER, measure="sex.F"), Run(" the plan was late.")))
    given = listing(point("Girls"), point("All", "9 children"), sentence)
    assert blocks(given) == [[f"Girls: {NUMBER}", "All: 9 children", f"In {NUMBER} the plan was late."]]
