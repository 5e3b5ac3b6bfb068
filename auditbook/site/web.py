"""After the build: a site in which nothing asks another server for anything, and each page says so to the browser."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree, html

INLINE_SCRIPT = (Path(__file__).parent / "theme" / "mode.js").read_text("utf-8")
"""The only script that may stand in a page itself: it sets light or dark before anything is drawn."""
NEEDLESS_FILES = (
    "_static/**/*.map",
    "_static/**/fontawesome*",
    "_static/**/bootstrap.js*",
    "_static/**/sphinx-book-theme.*",
    "_static/images/**/*",
    "_static/**/FontAwesome/**/*",
    "_static/**/fontawesome/**/*",
    "_static/*webpack-macros.html",
    "_static/locales/**/*",
    "_static/design-tabs.js",
    "_static/translations.js",
    "_static/vendor/**/*",
    "_static/file.png",
    "_static/minus.png",
    "_static/plus.png",
)
CHARSET = '<meta charset="utf-8" />'
POLICY_NAME = "Content-Security-Policy"
BEGINNING = 1000
"""Letters of a page in which its policy stands."""
LOADED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "embed": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "object": "data",
    "link": "href",
    "use": "href",
    "image": "href",
    "form": "action",
}
"""Elements whose attribute makes a browser ask for something without being told to."""
NOT_LOADED = {"canonical", "next", "prev", "search", "author", "help", "license"}


@dataclass(frozen=True)
class WebProblem:
    """Something a published page must not hold. `page` is relative to the site."""

    page: str
    problem: str

    def __str__(self) -> str:
        return f"{self.page}: {self.problem}"


def finish_site(folder: Path) -> list[WebProblem]:
    """Remove what no page uses and give every page its policy. A page with a problem gets none; running twice is fine.

    A page that has its policy was looked at when it got it, and is passed over.
    """
    remove_needless(folder)
    problems = []
    for path in sorted(folder.rglob("*.html")):
        if has_policy(path):
            continue
        page = path.read_text("utf-8")
        faults = [WebProblem(path.relative_to(folder).as_posix(), problem) for problem in page_problems(page)]
        problems += faults
        if not faults:
            path.write_text(with_policy(page), "utf-8")
    return problems


def has_policy(path: Path) -> bool:
    """Whether a page has its policy, which stands at its very beginning."""
    with path.open(encoding="utf-8") as page:
        return POLICY_NAME in page.read(BEGINNING)


def finished(page: bytes) -> bytes:
    """A page as `finish_site` will leave it; one that is not whole yet stays as it is."""
    text = page.decode("utf-8", "replace")
    return page if POLICY_NAME in text[:BEGINNING] or CHARSET not in text else with_policy(text).encode()


def remove_needless(folder: Path) -> None:
    """Delete the theme's files that no page here loads: icon fonts, source maps, scripts, other languages."""
    for pattern in NEEDLESS_FILES:
        for path in folder.glob(pattern):
            if path.is_file():
                path.unlink()
    remove_emptied(folder)


def remove_emptied(folder: Path) -> None:
    """Remove every folder that holds no file: its name, too, may be that of an audit that was taken away."""
    for path in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()


def policy() -> str:
    """What a browser may load for a page: this site's own files, and our one inline script by its hash."""
    digest = base64.b64encode(hashlib.sha256(INLINE_SCRIPT.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'self' 'sha256-{digest}'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
    )


def with_policy(page: str) -> str:
    """The page with its policy, as early in the head as can be. Raises ValueError when the head says no charset."""
    start, charset, rest = page.partition(CHARSET)
    if not charset:
        raise ValueError(f"a page without {CHARSET} has no place for a security policy")
    return f'{start}{charset}\n    <meta http-equiv="{POLICY_NAME}" content="{policy()}" />{rest}'


def page_problems(page: str) -> Iterator[str]:
    """Everything in a page that would run code of others, or ask another server."""
    if CHARSET not in page:
        yield f"no {CHARSET}"
    for element in html.document_fromstring(page).iter(etree.Element):
        yield from _problems_of(element)


def _problems_of(element) -> Iterator[str]:
    tag = etree.QName(element).localname
    if tag == "script" and not element.get("src") and element.text_content() != INLINE_SCRIPT:
        yield f"a script that is not ours: {element.text_content().strip()[:60]}"
    if tag == "base":
        yield "a <base>, which moves every link"
    for name, value in element.items():
        if name.startswith("on"):
            yield f"a script in an attribute: {name}={value[:60]}"
        elif value.strip().lower().startswith(("javascript:", "vbscript:")):
            yield f"a script in an address: {value[:60]}"
    if tag in LOADED and not set(element.get("rel", "").split()) & NOT_LOADED:
        for address in (element.get(LOADED[tag], ""), element.get("xlink:href", "")):
            if _is_outside(address):
                yield f"a request to another server: <{tag}> {address[:80]}"
    if tag == "meta" and element.get("http-equiv", "").lower() == "refresh" and "://" in element.get("content", ""):
        yield "a redirection to another server"


def _is_outside(address: str) -> bool:
    return address.strip().lower().startswith(("http:", "https:", "//", "ftp:"))
