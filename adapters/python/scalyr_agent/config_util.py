"""Conversion of what stands in a configuration, or in the environment, to the type an option has."""

from typing import Any, Callable, Optional

from . import json_lib
from ._host.missing_names import missing_name
from .compat import os_getenv_unicode
from .json_lib import ArrayOfStrings, JsonArray, JsonObject, JsonParseException, SpaceAndCommaSeparatedArrayOfStrings

__all__ = ["ConversionError", "convert_config_param", "convert_value", "get_config_from_env"]

#: Types that are asked for with their own class or with a subclass of it that splits differently.
_STRING_ARRAYS = (ArrayOfStrings, SpaceAndCommaSeparatedArrayOfStrings)

#: What each type may be turned into besides a string, which goes into anything.
_CONVERSIONS = {
    bool: (str,),
    int: (str, float),
    float: (str, int),
    list: (str, JsonArray, *_STRING_ARRAYS),
    JsonArray: (str, *_STRING_ARRAYS),
    JsonObject: (str,),
}


class ConversionError(Exception):
    """A value cannot be turned into the type that was asked for."""


def convert_value(field: str, value: Any, convert_to: Any) -> Any:
    """``value`` as a ``convert_to``; None stays None. Raises ConversionError.

    A string goes into anything; a number into a string or another number, cut off to a whole one; true and false and
    everything else into a string only; a list into an array. A dict goes into nothing.
    """
    if value is None or convert_to is None or type(value) is convert_to:
        return value
    if isinstance(value, str):
        return _convert_string(field, value, convert_to)
    if convert_to not in _CONVERSIONS.get(type(value), ()):
        raise _prohibited(field, type(value), convert_to)
    if convert_to in _STRING_ARRAYS:
        return _strings(field, value, convert_to)
    return JsonArray(*value) if convert_to is JsonArray else convert_to(value)


def _convert_string(field: str, value: str, convert_to: Any) -> Any:
    if convert_to is bool:
        return value.lower() == "true"
    if convert_to in (int, float):
        try:
            return convert_to(value)
        except ValueError as error:
            raise ConversionError(
                f'Could not parse value {value} for field "{field}" as numeric type {convert_to}'
            ) from error
    if convert_to in _STRING_ARRAYS:
        return ArrayOfStrings(list(convert_to(value)))
    if convert_to in (JsonArray, JsonObject):
        return _parse(field, value, convert_to)
    if convert_to is str:
        return str(value)
    raise _prohibited(field, str, convert_to)


def _parse(field: str, text: str, convert_to: Any) -> Any:
    if convert_to is JsonObject and not text:
        return JsonObject()
    try:
        value = json_lib.parse(text)
    except JsonParseException as error:
        raise ConversionError(f'Could not parse value {text} for field "{field}" as {convert_to}') from error
    if type(value) is not convert_to:
        raise _prohibited(field, type(value), convert_to)
    return value


def _strings(field: str, values: Any, convert_to: Callable[[Any], Any]) -> Any:
    for value in values:
        if not isinstance(value, str):
            raise ConversionError(
                f'Non-string element found in value {values} (type {type(value)}) for field "{field}"'
            )
    return convert_to(list(values))


def _prohibited(field: str, given: Any, wanted: Any) -> ConversionError:
    return ConversionError(f'Prohibited conversion of config param "{field}" from {given} to {wanted}')


def convert_config_param(field: str, value: Any, convert_to: Any, is_environment_variable: bool = False) -> Any:
    """As ``convert_value``; raises BadConfiguration."""
    from .configuration import BadConfiguration

    try:
        return convert_value(field, value, convert_to)
    except ConversionError as error:
        place = "environment variable" if is_environment_variable else "configuration"
        raise BadConfiguration(f"{error} (in the {place})", field, "illegalConversion") from error


def get_config_from_env(
    param_name: str, custom_env_name: Optional[str] = None, convert_to: Any = None, **_options: Any
) -> Any:
    """What the environment says about an option: ``SCALYR_`` and its name, in capitals or in small letters, or None."""
    name = custom_env_name or f"SCALYR_{param_name.upper()}"
    for candidate in (name.upper(), name.lower()):
        value = os_getenv_unicode(candidate)
        if value is not None:
            return value if convert_to is None else convert_config_param(param_name, value, convert_to, True)
    return None


def __getattr__(name: str) -> Any:
    raise missing_name(__name__, name)
