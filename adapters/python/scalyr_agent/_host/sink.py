"""The one way out of the package: every metric line and every message leaves through the installed sink."""

import sys
import threading
from typing import Any

from .diagnostic import Diagnostic


class Sink:
    """Takes what monitors write. Called from any thread at any time: an implementation keeps each line in one piece."""

    #: Whether what goes to ``write_diagnostic`` reaches the console, so that ``force_stdout`` has nothing to add.
    shows_diagnostics = True

    def write_line(self, monitor: Any, line: bytes, is_log: bool) -> None:
        """Takes one metric line, with its final line feed, of ``monitor``.

        ``is_log`` tells the signals apart: True for a text value and for free text, False for a number, true, false or
        null. May block while the way out is full. What it raises reaches the plugin.
        """
        raise NotImplementedError

    def write_diagnostic(self, diagnostic: Diagnostic) -> None:
        """Takes one message for the agent's log."""
        raise NotImplementedError


class StdoutSink(Sink):
    """Prints metric lines and messages as they come: what a monitor run by hand does."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def write_line(self, monitor: Any, line: bytes, is_log: bool) -> None:
        """Prints the line; ``monitor`` stands in it already."""
        self._print(line.decode("utf-8"))

    def write_diagnostic(self, diagnostic: Diagnostic) -> None:
        """Prints the message in the format of the agent's log."""
        self._print(diagnostic.format())

    def _print(self, text: str) -> None:
        with self._lock:
            sys.stdout.write(text)
            sys.stdout.flush()


_installed: Sink = StdoutSink()


def install(sink: Sink) -> None:
    """Makes ``sink`` the way out. To be called before monitors are made: one that is open keeps its old sink."""
    global _installed
    _installed = sink


def current() -> Sink:
    """The installed sink; a StdoutSink until another one is installed."""
    return _installed
