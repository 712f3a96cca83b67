"""What a plugin raised, in plain data."""

import traceback
from typing import Any, Dict

from .outside import shorten

_MOST_MESSAGE_CHARACTERS = 8 * 1024
_MOST_STACK_CHARACTERS = 16 * 1024


def describe_failure(error: BaseException) -> Dict[str, str]:
    """The message, ``ValueError: no such device``, and the traceback from the plugin's own code on."""
    message = _last_line(error)
    trace = error.__traceback__
    while trace is not None and _is_ours(trace):
        trace = trace.tb_next
    try:
        stack = "".join(traceback.format_exception(type(error), error, trace or error.__traceback__)).rstrip("\n")
    except Exception:  # an error that cannot be shown must not become another one
        stack = message
    return {"message": shorten(message, _MOST_MESSAGE_CHARACTERS), "stack": shorten(stack, _MOST_STACK_CHARACTERS)}


def _last_line(error: BaseException) -> str:
    try:
        return traceback.format_exception_only(type(error), error)[-1].strip()
    except Exception:
        return type(error).__name__


def _is_ours(trace: Any) -> bool:
    name = str(trace.tb_frame.f_globals.get("__name__", ""))
    return name.startswith(("scalyr_otel_host.", "importlib.", "scalyr_agent._monitor."))
