"""Pictures of released figures; each raises ReleaseRefused for anything else, exact Counts above all."""

from auditbook.reading.charts.answers import agreement, by_agency, sections
from auditbook.reading.charts.categories import cases, categories, flags, grades, recommendations
from auditbook.reading.charts.involvement import agencies, funnel_of_agencies, replies
from auditbook.reading.charts.numbers import numbers
from auditbook.reading.charts.pairs import combinations, crossings, grades_by_agency, grades_by_sample
from auditbook.reading.charts.themes import theme_cases, themes
from auditbook.reading.charts.trends import flag_trends, theme_directions, theme_trends

__all__ = [
    "agencies",
    "agreement",
    "by_agency",
    "cases",
    "categories",
    "combinations",
    "crossings",
    "flag_trends",
    "flags",
    "funnel_of_agencies",
    "grades",
    "grades_by_agency",
    "grades_by_sample",
    "numbers",
    "recommendations",
    "replies",
    "sections",
    "theme_cases",
    "theme_directions",
    "theme_trends",
    "themes",
]
