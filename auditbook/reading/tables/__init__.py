"""Tables of released figures; each raises ReleaseRefused for anything else, exact Counts above all."""

from auditbook.reading.tables.answers import agreement, answers, asked, by_agency
from auditbook.reading.tables.cases import cases, categories, flags, grades, numbers
from auditbook.reading.tables.involvement import agencies, channels, funnel_of_agencies, replies
from auditbook.reading.tables.notes import page_notes, pooled_audits
from auditbook.reading.tables.pairs import combinations, crossings, grades_by_agency, grades_by_sample
from auditbook.reading.tables.recommendations import recommendation_status, recommendations
from auditbook.reading.tables.themes import findings, theme_cases, themes
from auditbook.reading.tables.trends import flag_trends, theme_trends

__all__ = [
    "agencies",
    "agreement",
    "answers",
    "asked",
    "by_agency",
    "cases",
    "categories",
    "channels",
    "combinations",
    "crossings",
    "findings",
    "flag_trends",
    "flags",
    "funnel_of_agencies",
    "grades",
    "grades_by_agency",
    "grades_by_sample",
    "numbers",
    "page_notes",
    "pooled_audits",
    "recommendation_status",
    "recommendations",
    "replies",
    "theme_cases",
    "theme_trends",
    "themes",
]
