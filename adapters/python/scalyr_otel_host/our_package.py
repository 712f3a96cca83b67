"""Monitors on the ``scalyr_agent`` package that comes with the collector."""

import os
import sys
from typing import Any, Dict

import scalyr_agent
from scalyr_agent import scalyr_logging, scalyr_monitor
from scalyr_agent._host import sink
from scalyr_agent._host.build_monitor import NoMonitorClass, build_monitor

from .describe import describe_monitor
from .entry import monitor_entry
from .global_config import GlobalConfig
from .load_plugin import extend_search_path, import_plugin
from .our_sinks import OutsideSink, SharedSink
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

    def __init__(self, shared: bool) -> None:
        """``shared``: several monitors are in this process."""
        _let_others_come_first()
        self._shared_sink = SharedSink() if shared else None

    def make_monitor(self, setup: Setup, outside: Outside) -> Any:
        """As the agent makes it; what its loggers take goes to ``outside``."""
        self._install_sink(setup, outside)
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

    def _install_sink(self, setup: Setup, outside: Outside) -> None:
        if self._shared_sink is None:
            sink.install(OutsideSink(outside))
        else:
            self._shared_sink.add(setup.name, outside)
            sink.install(self._shared_sink)

    def describe(self, monitor: Any, setup: Setup) -> Dict[str, Any]:
        """The description, with what our package knows of the module's declarations."""
        return describe_monitor(monitor, base=scalyr_monitor.ScalyrMonitor, package=self.description)

    def close(self, monitor: Any) -> None:
        """After this, emitting a value raises."""
        monitor.close_metric_log()


def _let_others_come_first() -> None:
    """Our folder has done its work when the package is imported; a plugin's imports find in it what nobody else has."""
    folder = os.path.dirname(os.path.dirname(os.path.abspath(scalyr_agent.__file__)))
    sys.path[:] = [path for path in sys.path if os.path.abspath(path or os.getcwd()) != folder] + [folder]
