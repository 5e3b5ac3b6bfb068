"""Which other audits a briefing reads."""

from auditbook.briefing.sources import named_audits


def test_the_audits_that_a_text_names():
    text = "{count}`2020-21-Q3/a.b` and {change}` 2021-22-Q1-neglect/a.b`, {fact}`2019-20-Q1|x`, {count}`2020-25-Q1/a`"
    assert list(map(str, named_audits(text))) == ["2020-21-Q3", "2021-22-Q1-neglect"]
