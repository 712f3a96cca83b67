"""The plugin API of the Scalyr agent, for monitors that were written for it.

An implementation of its own, from the API's documented and observed behaviour. Names are loaded when they are first
used, so a monitor pays for what it imports only.
"""

from importlib import import_module
from typing import Any

from ._host.imports import complete_imports
from ._host.missing_names import missing_name

complete_imports()

_SUBMODULES = frozenset(
    (
        "__scalyr__",
        "compat",
        "config_util",
        "configuration",
        "date_parsing_utils",
        "json_lib",
        "log_watcher",
        "monitor_utils",
        "scalyr_logging",
        "scalyr_monitor",
        "util",
    )
)

#: Where a name of the package itself comes from.
_NAMES = {
    "AgentLogger": "scalyr_logging",
    "AutoFlushingRotatingFileHandler": "scalyr_logging",
    "BadMonitorConfiguration": "scalyr_monitor",
    "DEBUG_LEVEL_0": "scalyr_logging",
    "DEBUG_LEVEL_1": "scalyr_logging",
    "DEBUG_LEVEL_2": "scalyr_logging",
    "DEBUG_LEVEL_3": "scalyr_logging",
    "DEBUG_LEVEL_4": "scalyr_logging",
    "DEBUG_LEVEL_5": "scalyr_logging",
    "MonitorConfig": "scalyr_monitor",
    "RunState": "util",
    "ScalyrMonitor": "scalyr_monitor",
    "StoppableThread": "util",
    "UnsupportedSystem": "scalyr_monitor",
    "define_config_option": "scalyr_monitor",
    "define_log_field": "scalyr_monitor",
    "define_metric": "scalyr_monitor",
    "getLogger": "scalyr_logging",
}


def __getattr__(name: str) -> Any:
    if name in _SUBMODULES:
        return import_module(f"{__name__}.{name}")
    if name not in _NAMES:
        raise missing_name(__name__, name)
    value = getattr(import_module(f"{__name__}.{_NAMES[name]}"), name)
    globals()[name] = value
    return value
