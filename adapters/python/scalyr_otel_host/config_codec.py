"""The configuration of a monitor as it comes over the border: JSON that keeps what JSON readers lose."""

from typing import Any


def decode_config(value: Any) -> Any:
    """Plain Python values: ``{"$float": "5.0"}`` is 5.0, ``{"$int": "…"}`` an int, and a key ``$$x`` is ``$x``."""
    if isinstance(value, list):
        return [decode_config(item) for item in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("$int"), str):
        return int(value["$int"])
    if isinstance(value.get("$float"), str):
        return float(value["$float"])
    return {_decode_key(key): decode_config(member) for key, member in value.items()}


def _decode_key(key: str) -> str:
    return key[1:] if key.startswith("$") else key
