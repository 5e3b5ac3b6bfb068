"""What somebody wrote means an id, its label, or either spelt a little differently."""

import pytest

from auditbook.validation.names import folded, matching_ids, missing_value, trimmed

KNOWN = {
    "trust": ("Sandwell Children's Trust", "SCT"),
    "nurse": ("School nurse", "0–19 service"),
    "said": ('What the child "said"',),
}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Sandwell Children’s Trust", ("trust",)),
        ("sandwell  children`s trust", ("trust",)),
        ("ＳＣＴ", ("trust",)),
        ("School\u00a0nurse\u200b", ("nurse",)),
        ("school-nurse", ("nurse",)),
        ("0-19 service", ("nurse",)),
        ("What the child “said”", ("said",)),
        ("Children's Trust", ()),
        ("", ()),
    ],
)
def test_a_label_pasted_from_a_word_processor_is_the_label(text, ids):
    assert matching_ids(text, KNOWN) == ids


@pytest.mark.parametrize(
    ("text", "label"),
    [("Gypsy/Roma", "Gypsy / Roma"), ("gypsy /roma", "Gypsy / Roma"), ("White & Asian", "White and Asian")],
)
def test_blanks_beside_a_stroke_and_the_sign_for_and_do_not_tell_labels_apart(text, label):
    assert matching_ids(text, {"one": (label,), "other": ("Any other White background",)}) == ("one",)


def test_a_label_as_it_is_written_comes_before_one_that_is_spelt_alike():
    assert matching_ids("A’s", {"one": ("A’s",), "other": ("A's",)}) == ("one",)
    assert set(matching_ids("a's", {"one": ("A’s",), "other": ("A's",)})) == {"one", "other"}


@pytest.mark.parametrize("text", ["Don’t know", "don't know", "N/K", "n / k", "U/K", "unknown"])
def test_not_known_is_written_in_many_ways(text):
    assert missing_value(text) == "not_known" and folded(text)


@pytest.mark.parametrize("mark", ["\u200b", "\u061c", "\u2067", "\u2063", "\ufeff"])
def test_a_character_that_nobody_sees_is_no_part_of_a_name(mark):
    assert trimmed(f"{mark} {mark}A1 {mark}") == "A1" and folded(f"A{mark}1") == "a1"
