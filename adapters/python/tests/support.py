"""What the tests share: a sink that remembers, monitors to emit from, and the recordings of the real agent."""

import os
import re
import unittest
from typing import Any, List, Tuple

from scalyr_agent import run_monitor  # noqa: F401  (loaded here, so that no test pays for it)
from scalyr_agent._host import sink
from scalyr_agent._host.diagnostic import Diagnostic
from scalyr_agent.scalyr_logging import getLogger
from scalyr_agent.scalyr_monitor import ScalyrMonitor

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE_FOLDER = os.path.dirname(HERE)
PLUGINS = os.path.join(HERE, "plugins")
GOLDEN = os.path.join(os.path.dirname(os.path.dirname(PACKAGE_FOLDER)), "test", "golden")

_TIMESTAMP = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z", re.MULTILINE)


def golden(name: str) -> str:
    """The text of a recording."""
    with open(os.path.join(GOLDEN, name), encoding="utf-8", errors="surrogatepass", newline="") as file:
        return file.read()


def without_times(text: str) -> str:
    """The text with ``<TS>`` for the timestamp of each line."""
    return _TIMESTAMP.sub("<TS>", text)


class RecordingSink(sink.Sink):
    """Remembers everything."""

    def __init__(self) -> None:
        self.written: List[Tuple[Any, bytes, bool]] = []
        self.diagnostics: List[Diagnostic] = []

    def write_line(self, monitor: Any, line: bytes, is_log: bool) -> None:
        self.written.append((monitor, line, is_log))

    def write_diagnostic(self, diagnostic: Diagnostic) -> None:
        self.diagnostics.append(diagnostic)

    @property
    def lines(self) -> List[str]:
        return [line.decode("utf-8") for _, line, _ in self.written]

    @property
    def contents(self) -> List[str]:
        """Lines without timestamp and line feed."""
        return [line[25:-1] for line in self.lines]

    @property
    def messages(self) -> List[str]:
        return [diagnostic.message for diagnostic in self.diagnostics]


class SinkTestCase(unittest.TestCase):
    """A test with a fresh sink."""

    def setUp(self) -> None:
        before = sink.current()
        self.sink = RecordingSink()
        sink.install(self.sink)
        self.addCleanup(sink.install, before)


_made = 0


def make_monitor(monitor_class: Any = ScalyrMonitor, id: Any = "", global_config: Any = None, **config: Any) -> Any:
    """An open monitor ``my_monitor(id)`` with a logger nobody has used before."""
    global _made
    _made += 1
    name = f"test{_made}.my_monitor"
    logger = getLogger(f"{name}({id})")
    monitor = monitor_class({"module": name, "id": id, **config}, logger, global_config=global_config)
    monitor.open_metric_log()
    return monitor
