"""What Sphinx is told of a release: which edition it is, and of which audits small counts are withheld.

The edition stands in the footer of every page; a draft says that it is one at its top. A page written by hand, such as
`book/method/provenance-2020-21-Q4.md`, tells where each figure of an audit comes from, and so tells the figures. Where
they are withheld, the page says so instead.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from auditbook.release.released import Released

EDITION_VARIABLE = "AUDITBOOK_EDITION"
"""Environment variable that tells Sphinx the edition in words; a draft has none."""
WITHHELD_VARIABLE = "AUDITBOOK_WITHHELD"
"""Environment variable that tells Sphinx which audits' figures are withheld, separated by spaces."""
WITHHELD_SENTENCE = (
    "This page tells the figures of one audit. In this release small counts are withheld, and so is this page."
)


def environment(released: Iterable["Released"], edition: str) -> dict[str, str]:
    """What Sphinx has to be told.

    edition  `Edition 2, published 3 March 2026`; empty for a draft
    """
    withheld = " ".join(str(audit.audit_id) for audit in released if audit.profile.threshold)
    return {WITHHELD_VARIABLE: withheld, EDITION_VARIABLE: edition}


def setup(app: "Sphinx") -> None:
    app.add_config_value("auditbook_withheld", os.environ.get(WITHHELD_VARIABLE, ""), "env")
    app.connect("source-read", _withhold)
    # another edition writes every page
    app.add_config_value("auditbook_edition", os.environ.get(EDITION_VARIABLE, ""), "html")
    app.connect("html-page-context", _tell)


def _tell(app: "Sphinx", pagename: str, templatename: str, context: dict, doctree: object) -> None:
    context["edition"] = app.config.auditbook_edition


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
