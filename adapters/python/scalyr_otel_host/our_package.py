"""Monitors on the ``scalyr_agent`` package that comes with the collector."""

import os
import sys
from typing import Any, Dict

import scalyr_agent
from scalyr_agent import scalyr_logging, scalyr_monitor
from scalyr_agent._host import sink
from scalyr_agent._host.build_monitor import NoMonitorClass, build_monitor
from scalyr_agent._host.diagnostic import Diagnostic

from .describe import describe_monitor
from .entry import monitor_entry
from .global_config import GlobalConfig
from .load_plugin import extend_search_path, import_plugin
from .outside import Outside
from .package import Package
from .setup import Setup


class OurPackage(Package):
    """The clean-room package: no part of an agent is needed."""

    description = "the scalyr_agent package of the collector, as otel.python.scalyr_agent_path is not set"
    configuration_errors = (
        NoMonitorClass,
        scalyr_monitor.BadMonitorConfiguration,
        scalyr_monitor.UnsupportedSystem,
    )

    def __init__(self) -> None:
        _let_others_come_first()

    def make_monitor(self, setup: Setup, outside: Outside) -> Any:
        """As the agent makes it; what its loggers take goes to ``outside``."""
        sink.install(OutsideSink(outside))
        scalyr_logging.set_log_level(scalyr_logging.DEBUG_LEVELS[setup.debug_level])
        extend_search_path(setup.search_path)
        import_plugin(setup)
        monitor = build_monitor(
            monitor_entry(setup),
            setup.id,
            global_config=GlobalConfig(setup.global_config),
            default_sample_interval_secs=setup.default_sample_interval_secs,
        )
        monitor.open_metric_log()
        return monitor

    def describe(self, monitor: Any, setup: Setup) -> Dict[str, Any]:
        """The description, with what our package knows of the module's declarations."""
        return describe_monitor(monitor, base=scalyr_monitor.ScalyrMonitor, package=self.description)

    def close(self, monitor: Any) -> None:
        """After this, emitting a value raises."""
        monitor.close_metric_log()


class OutsideSink(sink.Sink):
    """Hands lines and messages over to the collector."""

    shows_diagnostics = False

    _LEVELS = {"DEBUG": "debug", "INFO": "info", "WARNING": "warn"}

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._write = outside.lines.write

    def write_line(self, monitor: Any, line: bytes, is_log: bool) -> None:
        """Blocks while the collector does not keep up."""
        self._write(line, is_log)

    def write_diagnostic(self, diagnostic: Diagnostic) -> None:
        """Errors and what is worse are one level to the collector."""
        self._outside.diagnose(
            self._LEVELS.get(diagnostic.level, "error"),
            diagnostic.message,
            diagnostic.created,
            location=diagnostic.location,
            errorCode=diagnostic.error_code,
            stack=diagnostic.stack,
        )


def _let_others_come_first() -> None:
    """Our folder has done its work when the package is imported; a plugin's imports find in it what nobody else has."""
    folder = os.path.dirname(os.path.dirname(os.path.abspath(scalyr_agent.__file__)))
    sys.path[:] = [path for path in sys.path if os.path.abspath(path or os.getcwd()) != folder] + [folder]
