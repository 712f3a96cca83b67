"""Whole runs of plugins in processes of their own, against the recorded runs of the real agent."""

import os
import re
import signal
import subprocess
import sys
import unittest
from typing import List, NamedTuple

from .support import PACKAGE_FOLDER, PLUGINS, golden, without_times

_RUN_SECS = 20


class Run(NamedTuple):
    """How a run ended, and what it wrote."""

    code: int
    lines: List[str]
    errors: str


def start(arguments: List[str]) -> "subprocess.Popen[str]":
    """Starts run_monitor on the plugins of the tests."""
    command = [sys.executable, "-s", "-m", "scalyr_agent.run_monitor", "-p", PLUGINS, "-s", "0.05", *arguments]
    environment = dict(os.environ, PYTHONPATH=PACKAGE_FOLDER, PYTHONIOENCODING="utf-8")
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(*arguments: str) -> Run:
    """Runs a monitor that ends by itself."""
    with start(list(arguments)) as process:
        output, errors = process.communicate(timeout=_RUN_SECS)
        return Run(process.returncode, without_times(output).splitlines(), errors)


def run_until(last: str, *arguments: str) -> Run:
    """Runs a monitor until it has written a line that ends so, then interrupts it."""
    with start(list(arguments)) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line.rstrip("\n").endswith(last):
                break
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=_RUN_SECS)
        return Run(process.returncode, without_times("".join(lines) + output).splitlines(), errors)


def recorded(heading: str) -> List[str]:
    """The lines that the real agent wrote in a run."""
    section = golden("run_monitor_plugins.txt").split(f"## {heading}\n")[1].split("\n## ")[0]
    return without_times(section).splitlines()


class RunMonitorTest(unittest.TestCase):
    """The plugins of the recording."""

    def test_runs_the_first_class_that_is_derived_from_scalyr_monitor_itself(self) -> None:
        for module, which in [
            ("two_classes", "base"),
            ("alias_base", "MyM"),
            ("mixin", "mixed"),
            ("pkg.sub.deep", "mixed"),
            ("importing_only", "base"),
        ]:
            with self.subTest(module):
                name = module.split(".")[-1]
                result = run_until(f'which "{which}"', module)
                self.assertEqual(result.lines[0], f'<TS> [{name}()] which "{which}"')
                if module != "importing_only":
                    self.assertEqual(result.lines[0], recorded(module)[0])

    def test_says_that_it_stops_and_that_the_monitor_has_finished(self) -> None:
        result = run_until('which "base"', "two_classes")
        self.assertEqual(result.code, 0)
        self.assertEqual(result.lines[-2], "Signal received, stopping monitor...")
        self.assertRegex(
            result.lines[-1],
            r"^<TS> INFO \[monitor:two_classes\(\)\] \[scalyr_agent\.scalyr_monitor:\d+\] Monitor has finished$",
        )

    def test_logs_what_a_sample_raises_and_goes_on(self) -> None:
        result = run_until("n 3", "exc_plugin")
        self.assertEqual(_shape(result.lines), _shape(recorded("mode=")))

    def test_a_monitor_may_drive_itself_and_fail(self) -> None:
        result = run_until("i 3", "runner")
        self.assertEqual(result.lines[:3], recorded("runner")[:3])
        self.assertIn("Exception in thread metric thread:", result.errors)
        self.assertIn("RuntimeError: run died", result.errors)

    def test_system_exit_ends_the_monitor_silently(self) -> None:
        result = run("-c", '{mode: "sysexit"}', "exc_plugin")
        self.assertEqual((result.code, result.lines, result.errors), (0, recorded("mode=sysexit")[:1], ""))

    def test_keyboard_interrupt_ends_the_monitor_with_a_traceback(self) -> None:
        result = run("-c", '{mode: "baseexc"}', "exc_plugin")
        self.assertEqual((result.code, result.lines), (0, recorded("mode=baseexc")[:1]))
        self.assertIn("KeyboardInterrupt", result.errors)

    def test_a_bad_configuration_is_one_line_and_exit_code_2(self) -> None:
        self.assertEqual(
            run("-c", '{mode: "bad"}', "exc_plugin"), Run(2, [], "Invalid monitor configuration: my bad config\n")
        )
        missing = 'Invalid monitor configuration: Missing required field "gauss_mean"'
        self.assertEqual(run("random_coin"), Run(2, [], f"{missing}\n"))
        self.assertEqual(recorded("importing_only")[0], missing)

    def test_json_that_cannot_be_read_is_said_with_its_place(self) -> None:
        result = run("-c", "{ gauss_mean = 1}", "random_coin")
        self.assertEqual(
            result,
            Run(
                2,
                [],
                "Invalid monitor configuration: Expected ':' delimiting object attribute value "
                "(line 1, byte position 13)\n",
            ),
        )

    def test_an_unsupported_system_is_one_line_and_exit_code_1(self) -> None:
        self.assertEqual(run("-c", '{mode: "unsup"}', "exc_plugin"), Run(1, [], 'Cannot run "exc_plugin": needs x\n'))

    def test_what_initialize_raises_is_shown_with_its_traceback(self) -> None:
        result = run("-c", '{mode: "exc"}', "exc_plugin")
        self.assertEqual(result.code, 1)
        self.assertIn('raise ValueError("init failed")', result.errors)

    def test_an_unknown_module_is_one_line(self) -> None:
        self.assertEqual(run("no_such_mod"), Run(1, [], "Cannot run \"no_such_mod\": No module named 'no_such_mod'\n"))

    def test_a_module_without_a_monitor_is_said(self) -> None:
        result = run("no_class")
        self.assertEqual(result.code, 1)
        self.assertTrue(result.errors.startswith('Cannot run "no_class": it has no class with ScalyrMonitor among its'))

    def test_the_example_of_the_guide_runs(self) -> None:
        result = run_until("count=2", "-c", "{ gauss_mean: 0.5, id: 'x' }".replace("'", '"'), "random_coin")
        self.assertRegex(result.lines[0], r"^<TS> \[random_coin\(x\)\] uniform 0\.\d+(e-\d+)? count=1$")
        self.assertRegex(result.lines[1], r"^<TS> \[random_coin\(x\)\] gauss -?\d\.\d+(e-\d+)? count=1$")
        self.assertRegex(result.lines[2], r"^<TS> \[random_coin\(x\)\] uniform 0\.\d+(e-\d+)? count=2$")


def _shape(lines: List[str]) -> List[str]:
    """Lines without what depends on the machine: places, paths, the source lines and carets of tracebacks."""
    shown = [re.sub(r'File ".*/(\w+\.py)", line \d+', r'File "\1"', line) for line in lines]
    shown = [re.sub(r"\[[\w.]+:\d+\]", "[place]", line) for line in shown]
    return [line for line in shown if not re.match(r"\s+(self\.gather_sample\(\)|raise Runtime|[~^]+$)", line)][:6]
