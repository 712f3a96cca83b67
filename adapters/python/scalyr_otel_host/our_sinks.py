"""What our package writes, on its way out."""

import threading
from typing import Any, Dict

from scalyr_agent._host.diagnostic import Diagnostic
from scalyr_agent._host.sink import Sink

from .outside import Outside

_LEVELS = {"DEBUG": "debug", "INFO": "info", "WARNING": "warn"}


class OutsideSink(Sink):
    """Hands everything over to the one monitor's way out."""

    shows_diagnostics = False

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._write = outside.lines.write

    def write_line(self, monitor: Any, line: bytes, is_log: bool) -> None:
        """Blocks while the collector does not keep up."""
        self._write(line, is_log)

    def write_diagnostic(self, diagnostic: Diagnostic) -> None:
        """Sends the message."""
        _diagnose(self._outside, diagnostic)


class SharedSink(Sink):
    """Finds each monitor's own way out, where several share a process."""

    shows_diagnostics = False

    def __init__(self) -> None:
        self._of_monitor: Dict[str, Outside] = {}
        self._of_thread = threading.local()
        self._latest: Any = None

    def add(self, name: str, outside: Outside) -> None:
        """From now on, ``name`` and what the present thread writes go ``outside``."""
        self._of_monitor[name] = self._of_thread.outside = self._latest = outside

    def write_line(self, monitor: Any, line: bytes, is_log: bool) -> None:
        """Blocks while the collector does not keep up."""
        self._find(getattr(monitor, "monitor_name", "")).lines.write(line, is_log)

    def write_diagnostic(self, diagnostic: Diagnostic) -> None:
        """Sends the message; one that is of no monitor goes with the monitor of its thread, or the latest."""
        _diagnose(self._find(diagnostic.component[len("monitor:") :]), diagnostic)

    def _find(self, name: str) -> Outside:
        found = self._of_monitor.get(name)
        if found is None:
            found = getattr(self._of_thread, "outside", self._latest)
        return found


def _diagnose(outside: Outside, diagnostic: Diagnostic) -> None:
    """Errors and what is worse are one level to the collector."""
    outside.diagnose(
        _LEVELS.get(diagnostic.level, "error"),
        diagnostic.message,
        diagnostic.created,
        location=diagnostic.location,
        errorCode=diagnostic.error_code,
        stack=diagnostic.stack,
    )
