"""How a partnership's book and papers look: `book/brand.yml`, its name, logo, colours, footer and contact.

Everything is optional; without the file the partnership of each audit and the plain colours stand there. A colour is
used for text and behind white text, so it must reach WCAG's 4.5 to 1 against white (rules: success criterion 1.4.3).
"""

import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PrivateAttr, ValidationError

from auditbook.project import BRAND_FILE, Project
from auditbook.validation.fields import Refused, Snake
from auditbook.validation.model_errors import refuse_invalid
from auditbook.validation.problems import InputRefused, Place, Refusals
from auditbook.validation.yaml_text import read_plain_yaml

CONTRAST = 4.5
"""Of text against its background: WCAG 2.2, success criterion 1.4.3."""
DARK_PAGE = "#14181e"
"""Background of the book's dark pages."""
HEX = re.compile(r"#[0-9a-fA-F]{6}")
LOGO_KINDS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
"""What a logo's file begins with → its kind. Word and slides take no SVG."""
LARGEST_LOGO = 1_000_000
"""Bytes; a logo for print is a tenth of it."""


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise Refused("V08", "one value is expected here, not a list or a section.")
    return " ".join(value.split())


def _colour(text: str) -> str:
    if not HEX.fullmatch(text):
        raise Refused("D01", f'"{text}" is not a colour such as "#12436d" in quotation marks.')
    ratio = contrast(text, "#ffffff")
    if ratio < CONTRAST:
        # cut, not rounded: 4.46 must not read as 4.5
        problem = f"{text} has a contrast of {int(ratio * 10) / 10} to 1 against white; {CONTRAST} to 1 is needed."
        raise Refused("D02", f"{problem} Take a darker one.")
    return text.lower()


def _website(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"]+", text):
        raise Refused("D03", f'"{text}" is not an address that begins with https:// or http://.')
    return text.rstrip("/")


Words = Annotated[str, BeforeValidator(_words)]
Colour = Annotated[str, AfterValidator(_colour), BeforeValidator(_words)]
Website = Annotated[str, AfterValidator(_website), BeforeValidator(_words)]


class Brand(BaseModel):
    """A partnership's looks.

    name      who publishes the book; an audit's own partnerships stand with its title
    logo      a PNG or JPEG file in `book/`, such as `_static/logo.png`; `logo_alt` says what it shows
    colour    bands, headings and rules;  accent  marks and notices
    footer    at the foot of every page;  contact  whom to ask
    contacts  name → whom to ask and how, for {contact} in a briefing
    website   where the book is published, for links from paper: `<website>/book/audits/<id>/briefing.html`
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Words = ""
    logo: Words = ""
    logo_alt: Words = ""
    colour: Colour = "#12436d"
    accent: Colour = "#801650"
    footer: Words = ""
    contact: Words = ""
    contacts: dict[Snake, Words] = {}
    website: Website = ""
    _picture: bytes = PrivateAttr(b"")

    @property
    def picture(self) -> bytes:
        """The logo's file, empty without one."""
        return self._picture

    @property
    def picture_kind(self) -> str:
        """`png`, `jpg`, or empty where it is neither."""
        return next((kind for start, kind in LOGO_KINDS.items() if self.picture.startswith(start)), "")


def read_brand(project: Project) -> Brand:
    """The project's brand, or the plain one where there is no `book/brand.yml`. Raises InputRefused with every problem.

    Unknown keys, weak colours, and a logo without alternative text or that is no picture are refused (V07, D01 to D05).
    """
    path = project.root / BRAND_FILE
    refusals = Refusals()
    settings = read_plain_yaml(path, BRAND_FILE, refusals) if path.is_file() else None
    if settings is None:
        refusals.stop_if_any()
        return Brand()
    for key in ("colour", "accent"):
        if (key,) in settings.lines and key not in settings.values:
            refusals.add(settings.place(key), "D01", 'this is empty; a colour stands in quotation marks: "#12436d".')
    try:
        brand = Brand.model_validate(settings.values)
        _read_logo(brand, project.root / "book", settings.place("logo"), refusals)
    except ValidationError as error:
        refuse_invalid(error, lambda key: settings.place(*key), refusals, beside=lambda key: Brand.model_fields)
    refusals.stop_if_any()
    return brand


def brand_contacts(project: Project) -> dict[str, str]:
    """Whom to ask, by name; nothing where the brand is refused, which whoever shows it tells."""
    try:
        return read_brand(project).contacts
    except InputRefused:
        return {}


def _read_logo(brand: Brand, book: Path, place: Place, refusals: Refusals) -> None:
    if not brand.logo:
        return
    if not brand.logo_alt:
        refusals.add(place, "D04", "a logo needs words for those who do not see it; say them in `logo_alt`.")
    path = (book / brand.logo).resolve()
    if not path.is_relative_to(book.resolve()) or not path.is_file() or path.stat().st_size > LARGEST_LOGO:
        problem = f'"{brand.logo}" is not a file in book/ of at most {LARGEST_LOGO // 1_000_000} MB.'
        refusals.add(place, "D05", problem)
        return
    brand._picture = path.read_bytes()
    if not brand.picture_kind:
        refusals.add(place, "D05", f'"{brand.logo}" is not a PNG or JPEG picture.')


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21. Source: WCAG 2.2, definitions of contrast ratio and relative luminance."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance, 0 for black and 1 for white."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(colour: str, other: str, share: float) -> str:
    """A colour with a share of another, 0 to 1."""
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes(round(one * (1 - share) + two * share) for one, two in pairs).hex()


def for_dark_pages(colour: str) -> str:
    """The colour, as much lighter as text on a dark page needs."""
    steps = (mixed(colour, "#ffffff", step / 20) for step in range(21))
    return next(shade for shade in steps if contrast(shade, DARK_PAGE) >= CONTRAST)


def brand_variables(colour: str, accent: str) -> str:
    """The two colours as CSS declarations."""
    return f"--ab-brand:{colour};--ab-accent:{accent}"


def brand_css(brand: Brand) -> str:
    """`book/_static/brand.css`: the two colours as variables, lighter on dark pages."""
    light = brand_variables(brand.colour, brand.accent)
    dark = brand_variables(for_dark_pages(brand.colour), for_dark_pages(brand.accent))
    return f'/* Written from {BRAND_FILE}; change that file. */\n:root{{{light}}}\nhtml[data-theme="dark"]{{{dark}}}\n'


def brand_files(project: Project) -> dict[Path, str]:
    """Path → text of what the book's pages read of the brand."""
    return {project.root / "book" / "_static" / "brand.css": brand_css(read_brand(project))}
