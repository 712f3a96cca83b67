"""A monitor's entry as the agent hands it over."""

from typing import Any

from scalyr_agent.json_lib import JsonArray, JsonObject

from .setup import Setup


def monitor_entry(setup: Setup) -> Any:
    """The entry as a JsonObject, with the full name of its module and the id that the agent would give it."""
    return to_json({"id": setup.id, **setup.config, "module": setup.module})


def to_json(value: Any) -> Any:
    """Objects and arrays of JSON for dicts and lists, all the way down."""
    if isinstance(value, dict):
        return JsonObject({key: to_json(member) for key, member in value.items()})
    if isinstance(value, list):
        return JsonArray(*(to_json(item) for item in value))
    return value
