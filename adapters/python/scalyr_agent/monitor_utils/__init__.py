"""Helpers for monitors that listen on a port."""

from typing import Any

from .._host.missing_names import missing_name

_NAMES = ("Int16RequestParser", "Int32RequestParser", "LineRequestParser", "RequestParser", "ServerProcessor")


def __getattr__(name: str) -> Any:
    """Loaded when asked for: sockets are few monitors' business."""
    if name == "server_processors" or name in _NAMES:
        from importlib import import_module

        module = import_module(f"{__name__}.server_processors")
        return module if name == "server_processors" else getattr(module, name)
    raise missing_name(__name__, name)
