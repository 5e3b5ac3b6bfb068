"""Words of a page compared with all that is sought: by the rarest word of each, and the same is found."""

from hypothesis import given
from hypothesis import strategies as st

from auditbook.leaks.index import _by_rarest, _whole_in

words = st.frozensets(st.sampled_from(["kw", "0417", "0418", "moved", "away", "child"]))


@given(page=words, sought=st.lists(words, max_size=12))
def test_what_is_whole_on_a_page_is_found_whichever_of_its_words_is_rarest(page, sought):
    numbered = [*enumerate(sought)]
    assert sorted(_whole_in(page, _by_rarest(numbered))) == [number for number, each in numbered if each <= page]
