"""Run by a kernel as it starts (`PYTHONSTARTUP`), before any cell."""

from auditbook.reading.sealed import seal_from_environment

seal_from_environment()
del seal_from_environment
