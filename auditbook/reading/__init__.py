"""What a notebook imports: `open_audit` and its kin, and the charts and tables that accept released figures only.

`open_rows` is for the workbench: no page can use it.
"""

from importlib import import_module

OPENING = {"open_audit": "notebook", "open_collection": "notebook", "open_pool": "notebook", "open_rows": "rows"}
"""What opens an audit → the module it lies in."""


def __getattr__(name: str):
    """The ways to open an audit, imported when asked for: they read evidence, which a table of figures need not."""
    if name not in OPENING:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    return getattr(import_module(f"auditbook.reading.{OPENING[name]}"), name)
