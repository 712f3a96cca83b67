"""Finds the monitor class of a module, by the agent's rules."""

import importlib
import os
import sys
from types import ModuleType
from typing import Any, List, Optional, Sequence, Tuple

#: Where plugins may lie beside the package.
_FOLDERS = (os.path.join("monitors", "local"), os.path.join("monitors", "contrib"))


def load_monitor_class(module: str, additional_python_paths: Sequence[str] = ()) -> Tuple[Any, Optional[str]]:
    """The monitor class in the module of that full name, and its documentation; (None, None) when it has none.

    While the module is loaded, and no longer, the given folders are at the end of ``sys.path``, after monitors/local
    and monitors/contrib beside the package.
    """
    offered = _plugin_folders() + list(additional_python_paths)
    sys.path.extend(offered)
    try:
        loaded = importlib.import_module(module)
    finally:
        _take_away(offered)
    found = monitor_class_of(loaded)
    return (None, None) if found is None else (found, found.__doc__)


def monitor_class_of(module: ModuleType) -> Any:
    """The first class, in the order of the module, that has ScalyrMonitor itself among its bases; None without one.

    An imported class counts, a subclass of an imported monitor does not: the monitor it derives from is then the first.
    """
    for value in list(vars(module).values()):
        if isinstance(value, type) and "ScalyrMonitor" in str(value.__bases__):
            return value
    return None


def _take_away(folders: List[str]) -> None:
    """Removes folders from ``sys.path``, the last of its name each; what the module itself has changed stays."""
    for folder in folders:
        for index in range(len(sys.path) - 1, -1, -1):
            if sys.path[index] == folder:
                del sys.path[index]
                break


def _plugin_folders() -> List[str]:
    parent = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    return [os.path.join(parent, folder) for folder in _FOLDERS]
