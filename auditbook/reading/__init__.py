"""What a notebook imports: `open_audit` and its kin, and the charts and tables that accept released figures only."""

OPENING = ("open_audit", "open_collection", "open_pool")


def __getattr__(name: str):
    """The ways to open an audit, imported when asked for: they read evidence, which a table of figures need not."""
    if name not in OPENING:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    from auditbook.reading import notebook

    return getattr(notebook, name)
