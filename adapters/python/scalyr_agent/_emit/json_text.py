"""Values as JSON text, in the very form that the packaged Scalyr agent writes."""

from typing import Any, Callable, Dict, List, Mapping, Optional

try:  # the C functions themselves: the json package around them is not needed to emit
    from _json import encode_basestring, encode_basestring_ascii
except ImportError:
    from json.encoder import encode_basestring, encode_basestring_ascii  # type: ignore[attr-defined,no-redef]

Encoder = Callable[[Any], str]


def encode_float(value: float) -> str:
    """A float in the fewest digits that identify it: ``1.0``, ``0.00001``, ``1e-7``, ``1e16``; NaN is ``null``.

    Decimal from 1e-5 up to, not including, 1e16; with an exponent outside.
    """
    text = float.__repr__(value)
    if "e" not in text and "n" not in text:
        return text
    digits, e, exponent = text.partition("e")
    if not e:
        return "null"
    if exponent == "-05":
        return _decimal_of_e_minus_5(digits)
    power = int(exponent)
    return f"{digits}e{power}"


def _decimal_of_e_minus_5(digits: str) -> str:
    """``-1.25`` times 10 to the power of -5: ``-0.0000125``."""
    sign = "-" if digits.startswith("-") else ""
    return f"{sign}0.0000{digits.lstrip('-').replace('.', '')}"


def encode_bool(value: bool) -> str:
    """``true`` or ``false``."""
    return "true" if value else "false"


def encode_text(value: str) -> str:
    """A string in quotes; one that is no valid Unicode is written in ASCII altogether."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return encode_basestring_ascii(value)
    return encode_basestring(value)


#: Encoders of the types a metric value has as a rule. Strings go through unchecked: a line that holds a lone surrogate
#: cannot be turned into bytes, and is then built again with ``encode_text``.
ENCODER_OF_TYPE: Dict[type, Encoder] = {
    int: int.__repr__,
    float: encode_float,
    str: encode_basestring,
    bool: encode_bool,
}


def encoder_for(value: object) -> Optional[Encoder]:
    """The encoder of a metric value, subclasses of its types included; None for a type that cannot be written."""
    if isinstance(value, str):
        return encode_text
    if isinstance(value, int):
        return int.__repr__
    if isinstance(value, float):
        return encode_float
    return None


def encode_json(value: Any) -> str:
    """Any value that JSON can hold, without blanks between its parts. Raises TypeError for any other."""
    if value is None:
        return "null"
    encode = ENCODER_OF_TYPE.get(type(value)) or encoder_for(value)
    if encode is not None:
        return encode_text(value) if isinstance(value, str) else encode(value)
    if isinstance(value, (list, tuple)):
        return _encode_items(list(value))
    if isinstance(value, Mapping):
        return _encode_members(value)
    contents = getattr(value, "to_python", None)
    if contents is None:
        raise TypeError(f'Cannot write a value of {type(value)} as JSON: "{value}"')
    return encode_json(contents())


def _encode_items(items: List[Any]) -> str:
    return "[" + ",".join(map(encode_json, items)) + "]"


def _encode_members(members: Mapping[Any, Any]) -> str:
    for key in members:
        if not isinstance(key, str):
            raise TypeError(f'Cannot write the key "{key}" as JSON: it is of {type(key)}, not a string')
    return "{" + ",".join(f"{encode_text(key)}:{encode_json(value)}" for key, value in members.items()) + "}"
