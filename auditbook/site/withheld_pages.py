"""Pages written by hand about one audit's figures, when that audit is released without its small counts.

A page such as `book/method/provenance-2020-21-Q4.md` tells where each figure of an audit comes from, and so tells the
figures. Where they are withheld, the page says so instead.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from auditbook.release.released import Released

WITHHELD_VARIABLE = "AUDITBOOK_WITHHELD"
"""Environment variable that tells Sphinx which audits' figures are withheld, separated by spaces."""
WITHHELD_SENTENCE = (
    "This page tells the figures of one audit. In this release small counts are withheld, and so is this page."
)


def environment(released: Iterable["Released"]) -> dict[str, str]:
    """What Sphinx has to be told."""
    return {WITHHELD_VARIABLE: " ".join(str(figures.audit_id) for figures in released if figures.profile.threshold)}


def setup(app: "Sphinx") -> None:
    app.add_config_value("auditbook_withheld", os.environ.get(WITHHELD_VARIABLE, ""), "env")
    app.connect("source-read", _withhold)


def _withhold(app: "Sphinx", page: str, source: list[str]) -> None:
    """Replace the text of a page in a folder of written pages that is named for an audit whose counts are withheld."""
    if page.startswith("book/audits/") or not is_withheld(page, app.config.auditbook_withheld.split()):
        return
    if Path(app.env.doc2path(page)).suffix == ".md":
        title = next((line for line in source[0].splitlines() if line.startswith("# ")), "# Withheld")
        source[0] = f"{title}\n\n{WITHHELD_SENTENCE}\n"


def is_withheld(page: str, audits: Iterable[str]) -> bool:
    """Whether a page's name holds the id of one of these audits, as `provenance-2020-21-Q4` does."""
    name = page.rpartition("/")[2]
    return any(re.search(rf"(?<!\w){re.escape(audit)}(?!\w|-[a-z0-9])", name) for audit in audits)
