"""What the name of a logger says: which component it belongs to, and which monitor."""

from typing import NamedTuple, Optional

_PACKAGE = "scalyr_agent"
_MONITORS = "scalyr_agent.builtin_monitors"


class LoggerName(NamedTuple):
    """The parts of a logger's name."""

    #: ``core``, or ``monitor:`` and the name of the monitor.
    component: str
    #: ``my_monitor(1)``; None for ``core``.
    monitor_name: Optional[str]
    #: ``my_monitor``; None for ``core``.
    monitor_base: Optional[str]


def parse_logger_name(name: str) -> LoggerName:
    """``a.b.my_monitor(1)`` is of the monitor ``my_monitor(1)``; what is ours, apart from monitors, is of ``core``."""
    if _is_within(name, _PACKAGE) and not _is_within(name, _MONITORS):
        return LoggerName("core", None, None)
    module, bracket, rest = name.partition("(")
    monitor_name = module.rpartition(".")[2] + bracket + rest
    base = monitor_name[: monitor_name.rindex("(")] if monitor_name.endswith(")") else monitor_name
    return LoggerName(f"monitor:{monitor_name}", monitor_name, base)


def _is_within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")
