"""The four ways to log against what the real agent wrote for the same calls."""

import contextlib
import io
import os
import re
import sys
from typing import Any, Iterator, List, Tuple

from scalyr_agent.scalyr_logging import getLogger
from scalyr_agent.scalyr_monitor import ScalyrMonitor

from .deliberate_differences import names_place_in_logging, without_place
from .support import PLUGINS, SinkTestCase, golden, without_times

_HEADING = re.compile(r"## (\w+) errors\+(\d) reported\+(\d) ?(.*)")
_CARETS = re.compile(r"\n *~+\^+~*(?=\n)|\n *\^+(?=\n)")


def recorded_calls() -> Iterator[Tuple[str, str, List[Tuple[str, str]]]]:
    """For each recorded call its letter, what was counted and raised, and what was written where."""
    text = golden("emit/diag.txt").split("== logger names")[0]
    name, counted, written = "", "", []  # type: Tuple[str, str, List[Tuple[str, str]]]
    for line in text.splitlines():
        heading = _HEADING.match(line)
        if heading is not None:
            if name:
                yield name, counted, written
            name, counted, written = heading[1], f"{heading[2]} {heading[3]} {heading[4]}".strip(), []
        elif line.startswith(("AGENT", "METRIC")):
            where, literal = line.split(None, 1)
            written.append((where, eval(literal)))
    yield name, counted, written


class GoldenDiagnosticsTest(SinkTestCase):
    """Every recorded call, in the order of the recording."""

    maxDiff = None

    def test_logs_what_the_agent_logs(self) -> None:
        sys.path.insert(0, PLUGINS)
        self.addCleanup(sys.path.remove, PLUGINS)
        import plug_mod  # type: ignore[import-not-found]

        logger = getLogger("plug_mod()")
        logger._limit.__init__()  # type: ignore[misc]
        monitor = ScalyrMonitor({"module": "plug_mod"}, logger)
        monitor.open_metric_log()
        self.addCleanup(monitor.close_metric_log)
        calls = plug_mod.Calls(logger, monitor)
        seen = 0
        for name, counted, written in recorded_calls():
            with self.subTest(name):
                self.sink.written.clear()
                self.sink.diagnostics.clear()
                self.assertEqual(self._call(monitor, getattr(calls, name)), _in_this_python(counted))
                self.assertEqual(*_comparable(self._written(), written))
                seen += 1
        self.assertEqual(seen, 24)

    def _call(self, monitor: Any, call: Any) -> str:
        before = monitor.errors(), monitor.reported_lines()
        raised = ""
        with contextlib.redirect_stdout(io.StringIO()):
            try:
                call()
            except Exception as error:
                raised = f"{type(error).__name__}: {error}"
        return f"{monitor.errors() - before[0]} {monitor.reported_lines() - before[1]} {raised}".strip()

    def _written(self) -> List[Tuple[str, str]]:
        written = [("METRIC", line) for line in self.sink.lines]
        written += [("AGENT", diagnostic.format()) for diagnostic in self.sink.diagnostics]
        return written

    def test_says_where_in_the_plugin_a_message_comes_from(self) -> None:
        logger = getLogger("places()")
        logger.info("here")
        self.assertRegex(self.sink.diagnostics[0].location, r"^test_golden_diagnostics:\d+$")

    def test_takes_component_and_monitor_from_the_name_of_the_logger(self) -> None:
        section = golden("emit/diag.txt").split("== logger names\n")[1].split("== rate limit")[0]
        lines = section.splitlines()
        self.assertEqual(len(lines), 9)
        for line in lines:
            name, attributes = line.split(" -> ")
            with self.subTest(name):
                logger = getLogger(name)
                base = logger._name_parts.monitor_base
                self.assertEqual(
                    f"component={logger.component!r} monitor_name={logger.monitor_name!r} base={base!r}", attributes
                )


def _comparable(written: Any, recorded: Any) -> Tuple[Any, Any]:
    """Both sides as they can be compared: without times and carets, and without a place where the agent gives its own."""
    if any(names_place_in_logging(text) for _, text in recorded):
        written = [(where, without_place(text)) for where, text in written]
        recorded = [(where, without_place(text)) for where, text in recorded]
    return [(where, _normal(text)) for where, text in written], [(where, _normal(text)) for where, text in recorded]


def _normal(text: str) -> str:
    text = text.replace(PLUGINS + os.sep, "<DIR>/")
    return _CARETS.sub("", without_times(text))


def _in_this_python(counted: str) -> str:
    if sys.version_info < (3, 10):
        return counted.replace("%d format: a real number is required", "%d format: a number is required")
    return counted
