"""What tests of the book share: which pages they look at, how each is opened, and what is wrong with it."""

import gzip
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page, Response

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
MODES = {
    "light": {"viewport": WIDE, "color_scheme": "light"},
    "dark": {"viewport": WIDE, "color_scheme": "dark"},
    "narrow": {"viewport": NARROW, "color_scheme": "light"},
}
AUDIT = "book/audits/2020-21-Q4"
EACH_KIND = [
    "search",
    "book/index",
    "book/audits/2020-21",
    "book/audits/2021-22-demonstration",
    f"{AUDIT}/briefing",
    "book/audits/2021-22-Q3/briefing",
    f"{AUDIT}/case_overview",
    "book/audits/2021-22-Q4/case_overview",
    "book/audits/2021-22-Q3/theme_frequencies",
    "book/audits/2021-22-Q4/agency_involvement",
    "book/audits/2021-22-Q4/grades",
    "book/audits/2021-22-Q2/answers",
    "book/audits/2021-22-Q2/recommendations",
    f"{AUDIT}/about",
    "book/trends/synthetic",
    "book/pooled/year-2021-22",
    "book/themes/synthetic",
    "book/themes/synthetic/voice_of_child",
    "book/agencies/synthetic",
    "book/agencies/synthetic/police",
    "book/guide/a-quarter",
    "book/guide/returns",
    "book/recommendations",
    "book/recommendations-demonstration",
    "book/codebook/themes",
    "book/codebook/variables",
    "book/codebook/questions",
    "book/codebook/agencies",
    "book/codebook/code-sets",
    "book/method/how-we-count",
    "book/method/refusals",
    "book/method/commands",
    "book/method/code-sets",
    "book/method/provenance-2020-21-Q4",
    "book/about/accessibility",
    "book/about/glossary",
    "book/editions",
]
VERY_LONG = ("book/method/how-we-count", "book/method/refusals")
"""Hundreds of rules in the same form, one as good as another: axe looks at the first of each section."""
NOT_THE_FIRST = {"exclude": [["article > section > section > section:nth-of-type(n+2)"]]}
MOST_BYTES = 300_000
"""Of a page and all it loads at first view, compressed; the budget of a reader on a slow line."""
PICTURES = Path(__file__).parents[1] / "_build" / "screenshots"
"""Where tests leave what a reader sees, for people to look at."""


@dataclass
class Visit:
    """A page in a browser, with everything it asked for, was answered and complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)


@dataclass(frozen=True)
class Looked:
    """What axe found on one page.

    violations  each broken rule, with where and why
    rules       ids of the rules that were tried
    undecided   ids of the rules that a person has to judge there
    version     axe's
    """

    violations: tuple[str, ...]
    rules: frozenset[str]
    undecided: frozenset[str]
    version: str


def looked_at(page: Page, context: dict | None = None, rules: str = "") -> Looked:
    """A page as axe sees it. `rules` is one of its categories; all of them unless given."""
    options: dict = {"resultTypes": ["violations"], "preload": False}
    if rules:
        options["runOnly"] = {"type": "tag", "values": [rules]}
    found = Axe().run(page, context=context, options=options).response
    told = [
        f"{each['id']}: {node['html'][:120]}: {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
    tried = [each["id"] for group in ("violations", "passes", "incomplete", "inapplicable") for each in found[group]]
    undecided = frozenset(each["id"] for each in found["incomplete"])
    return Looked(tuple(told), frozenset(tried), undecided, found["testEngine"]["version"])


def compressed(content: bytes) -> int:
    return len(gzip.compress(content))


def violations(page: Page) -> list[str]:
    return [*looked_at(page).violations]


def picture(page: Page, name: str, attempts: int = 3) -> None:
    """Keep what is on the screen. Chromium on a busy machine may have no picture to give; then it is asked again."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    try:
        page.screenshot(path=PICTURES / f"{name}.png", timeout=10_000)
    except Error:
        if attempts == 1:
            raise
        picture(page, name, attempts - 1)


def overflow(page: Page) -> list[str]:
    """What stands out at the right, when the page is wider than the screen."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
            .filter(part => part.getBoundingClientRect().right > innerWidth + 1)
            .map(part => part.tagName + "." + part.className)"""
    )
