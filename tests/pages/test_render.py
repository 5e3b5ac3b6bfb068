"""Page templates: what is put in is shown as it is, and only text that is MyST already is taken for MyST."""

import pytest
from jinja2 import DictLoader, TemplateAssertionError, TemplateError

from auditbook.briefing.myst import Myst, escape_myst
from auditbook.pages import render

HOSTILE = "{raw}`x` <script>**a** [b](javascript:c) ``` ::: # $x$"


@pytest.fixture(autouse=True)
def _templates_of_each_test_alone():
    render._environment.cache_clear()
    yield
    render._environment.cache_clear()


def rendered(source: str, **values: object) -> str:
    render._environment().loader = DictLoader({"a.md.j2": source})
    return render.page("a", **values)


@pytest.mark.parametrize(
    "source",
    [
        "{{ text }}",
        "{{ [text] | join }}",
        "{{ {'a': text}.a }}",
        "{% set other = text %}{{ other }}",
        "{% for each in [text] %}{{ each }}{% endfor %}",
        "{{ text | trim }}",
        "{{ text ~ '' }}",
        "{{ (text,) | first }}",
        "{{ text if text else '' }}",
    ],
)
def test_nothing_that_is_put_in_means_anything(source):
    assert rendered(source, text=HOSTILE) == f"{escape_myst(HOSTILE)}\n"


def test_myst_is_taken_as_it_is():
    assert rendered("{{ link }}, {{ [link, 'a_b'] | join(' · ') }}", link=Myst("[a](b)")) == "[a](b), [a](b) · a\\_b\n"


@pytest.mark.parametrize("source", ["{{ link ~ '' }}", "{{ link | upper }}", "{{ link | replace('a', 'b') }}"])
def test_what_is_made_of_myst_in_a_template_is_plain_text_again(source):
    assert "[" not in rendered(source, link=Myst("[a](b)")).replace("\\[", "")


@pytest.mark.parametrize("name", ["safe", "e", "escape", "forceescape", "tojson", "urlize"])
def test_no_filter_switches_it_off(name):
    with pytest.raises(TemplateAssertionError):
        rendered("{{ text | " + name + " }}", text="x")


def test_html_safe_text_of_another_library_is_still_only_text():
    class Html(str):
        def __html__(self):
            return self

    assert rendered("{{ text }}", text=Html("<b>")) == "\\<b\\>\n"


@pytest.mark.parametrize("value", [None, 1.5, ["a"], object(), print])
def test_only_text_and_whole_numbers_are_printed(value):
    with pytest.raises(TypeError, match="a template prints text and whole numbers"):
        rendered("{{ value }}", value=value)


def test_a_name_that_nobody_gave_is_an_error():
    with pytest.raises((TemplateError, TypeError)):
        rendered("{{ nobody }}")


def test_blocks_stand_apart_by_one_empty_line_whatever_is_left_out():
    source = (
        "# A\n\n{% if no %}\nb\n{% endif %}\n\n{{ nothing }}\n\n{% for each in 'xy' %}\n- {{ each }}\n{% endfor %}\n\n"
    )
    assert rendered(source, no=False, nothing="") == "# A\n\n- x\n- y\n"


@pytest.mark.parametrize("text", ["a b", "a)b", "a`b", "a\nb", "<b>", "", "javascript:c", "a](b"])
def test_what_is_no_id_and_no_path_is_never_an_address(text):
    for put_in in (render.address, render.in_type, lambda target: render.link("a", target)):
        with pytest.raises(ValueError, match="is no id and no path"):
            put_in(text)


def test_a_links_words_are_only_words():
    assert render.link("a](b)", "#c-1") == "[a\\]\\(b\\)](#c-1)"


def test_no_template_that_ships_is_unused():
    shipped = sorted(render.TEMPLATES.rglob("*.j2"))
    users = "".join(path.read_text("utf-8") for path in render.TEMPLATES.parent.glob("*.py"))
    users += "".join(path.read_text("utf-8") for path in shipped)
    names = [path.relative_to(render.TEMPLATES).as_posix().removesuffix(".md.j2") for path in shipped]
    assert names and [name for name in names if f'"{name}"' not in users and f'"{name}.md.j2"' not in users] == []
