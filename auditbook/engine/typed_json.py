"""Values as JSON and back, by their types: dataclasses, pydantic models, dates, tuples and sets (cattrs).

What is as it is without being said, a field at its default, is left out.
"""

import json
from enum import Enum
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_origin

from auditbook.validation.dates import ShortDate

if TYPE_CHECKING:
    from cattrs import Converter

Value = TypeVar("Value")


def to_json(value: Value, shape: type[Value]) -> bytes:
    return json.dumps(to_plain(value, shape), ensure_ascii=False).encode()


def from_json(content: bytes, shape: type[Value]) -> Value:
    """Raises ValueError when this is no JSON of that type."""
    return from_plain(json.loads(content), shape)


def to_plain(value: Value, shape: type[Value]) -> Any:
    """The value in what JSON has: dictionaries, lists, texts, numbers."""
    return _converter().unstructure(value, shape)


def from_plain(content: Any, shape: type[Value]) -> Value:
    """Raises ValueError when this is none of that type."""
    try:
        return _converter().structure(content, shape)
    except (TypeError, KeyError, AttributeError, ExceptionGroup) as problem:
        raise ValueError(f"this is no {shape}") from problem


@cache
def _converter() -> "Converter":
    """Models were validated when they were read, from words people wrote: here they are put together as they were."""
    from cattrs.preconf.json import make_converter
    from pydantic import BaseModel

    converter = make_converter(detailed_validation=False, omit_if_default=True)

    def is_model(shape: Any) -> bool:
        return isinstance(shape, type) and issubclass(shape, BaseModel)

    def taken_apart(model: BaseModel) -> dict[str, Any]:
        own = {
            name: (getattr(model, name), part)
            for name, part in type(model).model_fields.items()
            if getattr(model, name) != part.get_default(call_default_factory=True)
        }
        return {name: converter.unstructure(value, part.annotation) for name, (value, part) in own.items()}

    def put_together(parts: dict[str, Any], shape: type[BaseModel]) -> BaseModel:
        known = shape.model_fields
        return shape.model_construct(
            **{name: converter.structure(part, known[name].annotation) for name, part in parts.items()}
        )

    def is_one_of_several(shape: Any) -> bool:
        return get_origin(shape) in (Union, UnionType)

    def is_text(shape: Any) -> bool:
        return isinstance(shape, type) and issubclass(shape, str) and not issubclass(shape, Enum)

    converter.register_unstructure_hook(ShortDate, lambda day: day.text)
    converter.register_structure_hook(ShortDate, lambda text, _: ShortDate.read(text))
    converter.register_unstructure_hook_func(is_text, str)
    converter.register_structure_hook_func(is_text, lambda text, shape: shape(text))
    converter.register_unstructure_hook_func(is_one_of_several, lambda value: converter.unstructure(value))
    converter.register_unstructure_hook_func(is_model, taken_apart)
    converter.register_structure_hook_func(is_model, put_together)
    return converter
