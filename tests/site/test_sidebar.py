"""The sidebar: short, with the branch of the page being read, and what is read elsewhere folded."""

from auditbook.site.sidebar import Section, Tree, sidebar

PARTS = (
    ("The audits", ("book/audits/2021-22",)),
    ("The demonstration year", ("book/audits/2021-22-demonstration",)),
    ("Follow the themes", ("book/themes/live",)),
    ("Guides", ("book/guide/a-quarter",)),
)
BELOW = {"book/themes/live": ("book/themes/live/a", "book/themes/live/b", "book/themes/live/c")}
GROUPS = {"book/themes/live/a": "Practice", "book/themes/live/c": "Child and family"}


def folded(sections: list[Section]) -> list[str]:
    return [section.caption for section in sections if section.is_folded]


def seen_from(page: str, parts=PARTS) -> list[Section]:
    return sidebar(Tree("book/index", parts, BELOW, {}, GROUPS), page, lambda each: each)


def test_what_tells_of_the_book_is_folded_and_so_are_made_up_audits_beside_real_ones():
    assert folded(seen_from("book/index")) == ["The demonstration year", "Guides"]
    assert folded(seen_from("book/guide/a-quarter")) == ["The demonstration year"]
    assert folded(seen_from("book/audits/2021-22-demonstration")) == ["Guides"]


def test_made_up_audits_alone_stand_open():
    assert folded(seen_from("book/index", PARTS[1:])) == ["Guides"]


def test_pages_below_stand_in_groups_on_the_branch_of_the_page_alone():
    [themes] = seen_from("book/themes/live/b")[2].links
    assert [(each.group, each.is_current) for each in themes.below] == [
        ("Practice", False),
        ("", True),
        ("Child and family", False),
    ]
    [themes] = seen_from("book/index")[2].links
    assert themes.below == ()
