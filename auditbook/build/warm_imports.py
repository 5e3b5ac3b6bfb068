"""Imported once by the process that pages are forked from: all that pages, and files to take away, need.

Nothing here may start a thread: it would not survive the fork.
"""
# ruff: noqa: E402, F401

import gc
import os

gc.set_threshold(100_000)  # nearly all that is made here stays, and a child lives for a second: collecting takes longer
os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")  # read when matplotlib is imported

import bdb

import ipykernel.debugger  # loads debugpy, which every kernel does
import IPython.core.application
import IPython.core.completerlib
import IPython.core.crashhandler
import IPython.core.logger
import IPython.core.oinspect
import IPython.utils.wildcard
import matplotlib.backends.backend_svg
import matplotlib.collections
import matplotlib.figure
import matplotlib.font_manager
import matplotlib.patches
import nbformat
import tornado.platform.asyncio
import typer  # for the command line, which each child imports again
import typst

import auditbook.briefing.parse
import auditbook.briefing.slides
import auditbook.briefing.word
import auditbook.build.audit
import auditbook.downloads.workbook
import auditbook.downloads.write
import auditbook.engine.papermill_engines
import auditbook.engine.papermill_run
import auditbook.reading.notebook
import auditbook.reading.opened
from auditbook.reading import charts, tables
from auditbook.reading.charts.categories import dots_of
from auditbook.reading.charts.marks import UnitRow
from auditbook.reading.palette import FILLED

nbformat.validate(nbformat.v4.new_notebook())  # compiles the schema
dots_of("The first picture takes twice as long as the next", [UnitRow("One", "1", ((FILLED, 1),))])
gc.collect()
gc.freeze()  # children share these pages of memory
