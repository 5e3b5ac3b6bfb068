"""YAML as plain text: every value as it was written, with the line it stands on."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from auditbook.validation.files import read_text
from auditbook.validation.problems import Place, Refusals

LARGEST_SETTINGS = 1_000_000
"""Bytes; hundreds of pages of settings."""
PLAIN_TAGS = {f"tag:yaml.org,2002:{tag}" for tag in ("str", "null", "bool", "int", "float", "timestamp", "map", "seq")}
Key = tuple[str | int, ...]
PROBLEMS = (
    (
        r"mapping values are not allowed here",
        "a colon stands where none belongs; put text with a colon in quotation marks, a blank behind each key's colon, "
        "and keys of one section under each other",
    ),
    (r"found character '\\t' that cannot start any token", "a tab stands here; indent with blanks"),
    (r"found character '(.+)' that cannot start any token", r"text begins with \1; put it in quotation marks"),
    (
        r"expected <block end>, but found .*",
        "this is not lined up with what stands above, or a quotation mark ends its text too soon; keys of one section "
        'stand under each other, and text with an apostrophe in double quotation marks: "…"',
    ),
    (r"could not find expected ':'", "a line here has no colon and blank behind its key; write `key: value`"),
    (r"found unexpected end of stream", "a quotation mark is opened and not closed; close it"),
    (
        r"expected the node content, but found .*|did not find expected .*",
        "a value is missing, or a bracket; see what was left open",
    ),
)
"""What PyYAML says → what that means, and the way out."""


class _Loader(yaml.SafeLoader):
    """Reads nodes, never objects; an alias is refused before anything can be copied by it."""

    def compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(
                problem="references (*name) are not used here", problem_mark=self.peek_event().start_mark
            )
        return super().compose_node(parent, index)


@dataclass(frozen=True)
class PlainYaml:
    """A file's values: text, lists and sections, empty ones left out. `lines` has the line of each key."""

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[Key, int] = field(default_factory=dict)

    def place(self, *key: str | int) -> Place:
        """Where a key stands; of a key that is not there, where its section begins."""
        written = ".".join(map(str, key))
        while key and key not in self.lines:
            key = key[:-1]
        return Place(self.name, self.lines.get(key), written or None)


def read_plain_yaml(path: Path, name: str, refusals: Refusals) -> PlainYaml | None:
    """Read a YAML file, or None and a refusal: no YAML, an alias, a tag, a key that stands twice (Y01)."""
    text = read_text(path, name, refusals, LARGEST_SETTINGS)
    if text is None:
        return None
    plain_yaml = PlainYaml(name)
    try:
        node = _nodes(text)
        if node is None:  # nothing, or notes only
            return plain_yaml
        if not isinstance(node, yaml.MappingNode):
            refusals.add(Place(name), "Y01", "this file must hold `key: value` lines.")
            return None
        plain_yaml.values.update(_value(node, (), plain_yaml.lines))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = _in_words(getattr(error, "problem", None) or str(error).split("\n")[0])
        refusals.add(Place(name, mark.line + 1 if mark else None), "Y01", f"this is not valid YAML: {problem}.")
        return None
    except RecursionError:
        refusals.add(Place(name), "Y01", "this is not valid YAML here: its sections are nested too deeply.")
        return None
    return plain_yaml


def _in_words(problem: str) -> str:
    for shape, words in PROBLEMS:
        if match := re.fullmatch(shape, problem):
            return match.expand(words)
    return problem


@lru_cache(maxsize=8)
def _nodes(text: str) -> yaml.Node | None:
    """What a text says; settings are screened first, and then read. Nobody changes a node."""
    return yaml.compose(text, _Loader)


def _value(node: yaml.Node, key: Key, lines: dict[Key, int]) -> Any:
    """A node as plain text, a list or a dict; None for an empty one."""
    lines.setdefault(key, node.start_mark.line + 1)
    if node.tag not in PLAIN_TAGS:
        raise yaml.MarkedYAMLError(problem=f"the tag {node.tag} is not used here", problem_mark=node.start_mark)
    if isinstance(node, yaml.ScalarNode):
        return node.value.strip() or None if node.tag != "tag:yaml.org,2002:null" else None
    if isinstance(node, yaml.SequenceNode):
        values = [_value(item, (*key, place), lines) for place, item in enumerate(node.value)]
        return [value for value in values if value is not None]
    return _section(node, key, lines)


def _section(node: yaml.MappingNode, key: Key, lines: dict[Key, int]) -> dict[str, Any]:
    section: dict[str, Any] = {}
    for name, value in node.value:
        if not isinstance(name, yaml.ScalarNode) or name.tag not in PLAIN_TAGS:
            raise yaml.MarkedYAMLError(problem="a key must be a word", problem_mark=name.start_mark)
        if name.value in section:
            raise yaml.MarkedYAMLError(
                problem=f'the key "{name.value}" stands there twice', problem_mark=name.start_mark
            )
        lines[(*key, name.value)] = name.start_mark.line + 1
        section[name.value] = _value(value, (*key, name.value), lines)
    return {name: value for name, value in section.items() if value is not None}
