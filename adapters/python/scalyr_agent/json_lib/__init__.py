"""Scalyr's dialect of JSON: comments, bare keys, optional commas at line breaks, and objects to read it into."""

from typing import Any, Union

from .._emit.json_text import encode_json
from .exceptions import JsonConversionException, JsonMissingFieldException, JsonParseException
from .objects import ArrayOfStrings, JsonArray, JsonObject, SpaceAndCommaSeparatedArrayOfStrings
from .parser import parse

__all__ = [
    "ArrayOfStrings",
    "JsonArray",
    "JsonConversionException",
    "JsonMissingFieldException",
    "JsonObject",
    "JsonParseException",
    "SpaceAndCommaSeparatedArrayOfStrings",
    "parse",
    "serialize",
]


def serialize(value: Any, output: Any = None, use_fast_encoding: bool = False) -> Union[str, Any]:
    """The value as JSON text; written to ``output`` as well, if that is given, which is then returned."""
    text = encode_json(value)
    if output is None:
        return text
    output.write(text)
    return output
