"""Which edition the pages say they are: in the footer of every page; a draft says that it is one at its top."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

EDITION_VARIABLE = "AUDITBOOK_EDITION"
"""Environment variable that tells Sphinx the edition in words; a draft has none."""


def environment(words: str) -> dict[str, str]:
    """What Sphinx has to be told. words  `Edition 2, published 3 March 2026`; empty for a draft"""
    return {EDITION_VARIABLE: words}


def setup(app: "Sphinx") -> None:
    app.add_config_value(
        "auditbook_edition", os.environ.get(EDITION_VARIABLE, ""), "html"
    )  # another one writes every page
    app.connect("html-page-context", _tell)


def _tell(app: "Sphinx", pagename: str, templatename: str, context: dict, doctree: object) -> None:
    context["edition"] = app.config.auditbook_edition
