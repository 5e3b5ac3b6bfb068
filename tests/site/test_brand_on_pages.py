"""What pages of the book say of who publishes it: name, logo with its words, footer, contact."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Environment

from auditbook.briefing.brand import Brand, read_brand
from auditbook.project import Project
from auditbook.site import sphinx_ext

LAYOUT = Path(sphinx_ext.__file__).parent / "theme" / "layout.html"
PICTURE = b"\x89PNG\r\n\x1a\n"
BRAND = """\
name: Exampleshire & partners
logo: images/logo.png
logo_alt: A river and a bridge
contact: audits@example.org
footer: County Hall
"""


@pytest.fixture
def project(tmp_path) -> Project:
    for folder in ("data", "notebooks", "book/images"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "_config.yml").touch()
    (tmp_path / "book/brand.yml").write_text(BRAND)
    (tmp_path / "book/images/logo.png").write_bytes(PICTURE)
    return Project.find(tmp_path)


def config_of(project: Project) -> SimpleNamespace:
    config = SimpleNamespace(
        html_static_path=[],
        html_css_files=[],
        html_js_files=[],
        html_search_scorer="",
        templates_path=[],
        html_context={},
    )
    sphinx_ext._use_theme(SimpleNamespace(srcdir=str(project.root)), config)
    return config


def block_of(name: str, **context) -> str:
    """One block of the layout, by itself."""
    text = LAYOUT.read_text("utf-8").partition("{%- block " + name + " %}")[2].partition("{%- endblock %}")[0]
    values = {"pathto": lambda page, _=0: f"/{page}", "hasdoc": lambda page: False, "page_kind": "front", **context}
    return Environment(loader=DictLoader({"part": text}), autoescape=False).get_template("part").render(values)


def test_the_logo_goes_where_pages_look_for_it_wherever_it_lies_in_the_book(project):
    config = config_of(project)
    assert str(project.root / "book/images/logo.png") in config.html_static_path
    assert config.html_context["brand"]["logo"] == "_static/logo.png"


def test_a_footer_says_who_publishes_and_whom_to_ask(project):
    footer = block_of("footer", brand=config_of(project).html_context["brand"], docstitle="Audits", edition="")
    for words in ("Exampleshire &amp; partners", "audits@example.org", "County Hall"):
        assert words in footer


def test_without_a_brand_nothing_of_it_stands_there(project):
    (project.root / "book/brand.yml").unlink()
    assert read_brand(project) == Brand()
    context = config_of(project).html_context
    assert context["brand"]["logo"] == "" and "<br" not in block_of("footer", docstitle="Audits", edition="", **context)
