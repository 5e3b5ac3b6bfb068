"""A reproducible book of multi-agency case file audits."""

__version__ = "0.2.0"
