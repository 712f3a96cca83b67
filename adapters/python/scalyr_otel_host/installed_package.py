"""Monitors on the ``scalyr_agent`` package of an installed Scalyr agent.

Built from what was observed of the agent from outside; only its public names and what monitors themselves use of it are
used here.
"""

import importlib
import logging
import os
import sys
from typing import Any, Dict

from .outside import Outside
from .package import Package
from .setup import Setup
from .signal_of_line import is_log_line

_OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

#: What the agent lets through at each ``debug_level``. Values have the level INFO.
_LEVEL_OF_DEBUG_LEVEL = (logging.INFO, logging.DEBUG, 7, 6, 5, 4)

#: Switches the limit on a metric log off: the collector has its own.
_NO_LIMIT = -1


class InstalledPackage(Package):
    """The agent's own package, insides included."""

    def __init__(self, folder: str) -> None:
        """Imports it from ``folder``. Raises ImportError when another one gets in its way."""
        sys.path[:] = [folder] + [path for path in sys.path if os.path.abspath(path or os.getcwd()) != _OURS]
        package = importlib.import_module("scalyr_agent")
        found = os.path.dirname(os.path.dirname(os.path.abspath(str(package.__file__))))
        if not os.path.samefile(found, folder):
            raise ImportError(f'Cannot use the Scalyr agent in "{folder}": Python has another scalyr_agent, in "{found}"')
        self._logging = importlib.import_module("scalyr_agent.scalyr_logging")
        self._monitor = importlib.import_module("scalyr_agent.scalyr_monitor")
        self._manager = importlib.import_module("scalyr_agent.monitors_manager").MonitorsManager
        self.description = f"the scalyr_agent package of the Scalyr agent in {folder}, as otel.python.scalyr_agent_path says"
        self.configuration_errors = (self._monitor.BadMonitorConfiguration, self._monitor.UnsupportedSystem)
        self._description: Dict[str, Any] = {}

    def make_monitor(self, setup: Setup, outside: Outside) -> Any:
        """Has the agent make it; its values are taken where they become records of logging."""
        from .entry import monitor_entry
        from .global_config import GlobalConfig
        from .load_plugin import extend_search_path, import_plugin

        root = logging.getLogger()
        root.addHandler(RecordHandler(outside, self._logging.MetricLogFormatter()))
        root.setLevel(_LEVEL_OF_DEBUG_LEVEL[setup.debug_level])
        extend_search_path(setup.search_path)
        import_plugin(setup)
        monitor = self._manager.build_monitor(
            monitor_entry(setup),
            setup.search_path,
            setup.default_sample_interval_secs,
            GlobalConfig(setup.global_config),
        )
        # What it asks of its metric log is for the collector; here, the log is nothing but a formality.
        self._description = self._describe(monitor)
        monitor.log_config["path"] = os.devnull
        monitor._log_write_rate = monitor._log_max_write_burst = _NO_LIMIT
        monitor.open_metric_log()
        return monitor

    def describe(self, monitor: Any, setup: Setup) -> Dict[str, Any]:
        """As it was when the monitor had just been made."""
        return self._description

    def close(self, monitor: Any) -> None:
        """Closes the metric log."""
        monitor.close_metric_log()

    def _describe(self, monitor: Any) -> Dict[str, Any]:
        from .describe import describe_monitor

        return describe_monitor(monitor, base=self._monitor.ScalyrMonitor, package=self.description)


class RecordHandler(logging.Handler):
    """Stands at the root of all loggers: records for a metric log become lines, all others messages."""

    def __init__(self, outside: Outside, formatter: logging.Formatter) -> None:
        """``formatter`` makes the line of a record, without its line feed."""
        super().__init__()
        self._outside = outside
        self._line_formatter = formatter
        self._trace_formatter = logging.Formatter()

    def emit(self, record: logging.LogRecord) -> None:
        """What is raised for a line reaches the plugin, as it would if the line could not be written to a file."""
        if getattr(record, "metric_log_for_monitor", None) is not None:
            line = self._line_formatter.format(record) + "\n"
            self._outside.lines.write(line.encode("utf-8", "backslashreplace"), is_log_line(line))
            return
        self._outside.diagnose(
            _level(record.levelno),
            record.getMessage(),
            record.created,
            location=f"{record.module}:{record.lineno}",
            errorCode=getattr(record, "error_code", None),
            stack=self._trace_formatter.formatException(record.exc_info) if record.exc_info else None,
        )


def _level(number: int) -> str:
    if number >= logging.ERROR:
        return "error"
    if number >= logging.WARNING:
        return "warn"
    return "info" if number >= logging.INFO else "debug"
