"""What a notebook imports: `open_audit` and its kin, and the charts and tables that accept released figures only.

`open_rows` is for the workbench: no page can use it.
"""

from importlib import import_module

EXPORTS = {
    "open_audit": "notebook",
    "open_collection": "notebook",
    "open_pool": "notebook",
    "open_rows": "rows",
    "show": "showing",
}
"""What a notebook imports by name → the module it lies in."""


def __getattr__(name: str):
    """Imported when asked for: opening an audit reads evidence, which a table of figures need not."""
    if name not in EXPORTS:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    return getattr(import_module(f"auditbook.reading.{EXPORTS[name]}"), name)
