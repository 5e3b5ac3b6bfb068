"""Imported once by the process that pages are forked from: all that pages, and files to take away, need.

Nothing here may start a thread: it would not survive the fork.
"""

import gc
import os

os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")

import ipykernel.debugger  # noqa: F401, loads debugpy, which every kernel does
import nbformat
import typer  # noqa: F401, for the command line, which each child imports again
import typst  # noqa: F401

import auditbook.making.briefing.slides
import auditbook.making.briefing.word
import auditbook.making.executing.engine
import auditbook.making.executing.execution
import auditbook.making.takeaway.downloads
import auditbook.making.takeaway.workbook
import auditbook.pages  # noqa: F401
from auditbook.reading import charts, tables  # noqa: F401

nbformat.validate(nbformat.v4.new_notebook())  # compiles the schema
gc.collect()
gc.freeze()  # children share these pages of memory
gc.set_threshold(100_000)  # a child lives for a second: collecting its garbage takes longer than leaving it
