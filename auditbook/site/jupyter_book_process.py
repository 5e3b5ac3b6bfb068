"""A program: imports Jupyter Book, waits for one line on standard input, and builds the book that it names.

    python -P -m auditbook.site.jupyter_book_process    (-P: what lies in the folder it begins in is not imported)

The line is JSON: `folder` to work in, `environment` to add, `arguments` of jupyter-book. Without a line it ends; where
standard input is closed while it builds, it ends as well, for who wanted the book has been killed, and the next build
may already write. When all went well it ends at once: taking apart what was imported takes as long as a page.
"""

import gc
import importlib
import json
import os
import sys
import threading
import types

MODULES = (
    *("jupyter_book.cli.main", "jupyter_book.config", "jupyter_book.pdf", "jupyter_book.sphinx", "sphinx_book_theme"),
    *("myst_nb.sphinx_ext", "myst_parser.sphinx_ext.main", "sphinx_design.extension", "sphinx_external_toc"),
    *("sphinx.application", "auditbook.site.sphinx_ext"),
)
"""What a build imports, and Sphinx's own extensions, which it lists."""


def main() -> None:
    gc.set_threshold(100_000)
    _leave_out_the_cache_of_executions()
    _import_everything()
    gc.freeze()
    line = sys.stdin.readline()
    if line:
        threading.Thread(target=_end_with_its_parent, daemon=True).start()
        _build(**json.loads(line))
        sys.stdout.flush()
        os._exit(0)


def _end_with_its_parent() -> None:
    """Read past Python's own buffer, which may not be held by another thread when a process ends."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


def _leave_out_the_cache_of_executions() -> None:
    """MyST-NB would load a database of executions, which takes a third of the time of all its imports, for nothing."""
    unused = sys.modules["jupyter_cache.cache.db"] = types.ModuleType("jupyter_cache.cache.db")
    unused.NbCacheRecord = unused.NbProjectRecord = unused.Setting = None
    unused.create_db = unused.get_version = _refuse


def _refuse(*_) -> None:
    raise RuntimeError("a cache of executions has no use here: execute_notebooks must be off in _config.yml")


def _import_everything() -> None:
    """The contents, a line a page, are read twice, and by libyaml twenty times as fast."""
    for name in MODULES:
        importlib.import_module(name)
    for name in sys.modules["sphinx.application"].builtin_extensions:
        importlib.import_module(name)
    soupsieve, yaml = importlib.import_module("soupsieve"), importlib.import_module("yaml")
    soupsieve.compile("a")
    yaml.SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _build(folder: str, environment: dict[str, str], arguments: list[str]) -> None:
    os.chdir(folder)
    os.environ.update(environment)
    sys.argv = ["jupyter-book", *arguments]
    try:
        sys.modules["jupyter_book.cli.main"].main()
    except SystemExit as end:
        if end.code:
            raise


if __name__ == "__main__":
    main()
