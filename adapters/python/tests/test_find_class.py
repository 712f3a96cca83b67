"""Loading a monitor's module, and what it leaves behind."""

import os
import sys
import tempfile
import textwrap

from scalyr_agent._host.build_monitor import NoMonitorClass, build_monitor
from scalyr_agent.scalyr_monitor import MonitorInformation, ScalyrMonitor, load_monitor_class

from .support import PLUGINS, SinkTestCase


class FindClassTest(SinkTestCase):
    """Modules in a folder of their own."""

    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.addCleanup(setattr, ScalyrMonitor, "DEFAULT_SAMPLE_INTERVAL_SECS", 30.0)

    def write(self, name: str, code: str) -> None:
        with open(os.path.join(self.folder, f"{name}.py"), "w", encoding="utf-8") as file:
            file.write(textwrap.dedent(code))
        self.addCleanup(sys.modules.pop, name, None)

    def test_the_given_folders_are_searched_last_and_only_while_loading(self) -> None:
        self.write("json", "raise AssertionError('hides a module of Python')")
        self.write(
            "searching",
            """
            import json, sys
            from scalyr_agent import ScalyrMonitor
            class Searching(ScalyrMonitor):
                seen = list(sys.path)
            """,
        )
        before = list(sys.path)
        found, _ = load_monitor_class("searching", [self.folder])
        self.assertEqual(sys.path, before)
        self.assertEqual(found.seen[-1], self.folder)
        self.assertTrue(found.seen[-2].endswith(os.path.join("monitors", "contrib")))

    def test_what_a_module_adds_to_the_search_path_stays(self) -> None:
        self.write("adding", "import sys\nsys.path.append('/added/by/plugin')")
        self.addCleanup(lambda: sys.path.remove("/added/by/plugin"))
        load_monitor_class("adding", [self.folder])
        self.assertEqual(sys.path[-1], "/added/by/plugin")
        self.assertNotIn(self.folder, sys.path)

    def test_a_module_that_cannot_be_loaded_leaves_the_search_path_as_it_was(self) -> None:
        self.write("failing", "1 / 0")
        before = list(sys.path)
        with self.assertRaises(ZeroDivisionError):
            load_monitor_class("failing", [self.folder])
        self.assertEqual(sys.path, before)

    def test_a_module_without_a_monitor_is_named(self) -> None:
        with self.assertRaisesRegex(NoMonitorClass, '^Cannot run "no_class": it has no class with ScalyrMonitor'):
            build_monitor({"module": "no_class"}, "", additional_python_paths=[PLUGINS])

    def test_the_description_of_a_monitor_is_that_of_its_class(self) -> None:
        found, description = load_monitor_class("random_coin", [PLUGINS])
        information = MonitorInformation.get_monitor_info("random_coin")
        assert information is not None
        self.assertEqual(description, "Emits random numbers.")
        self.assertEqual(information.description, "Emits random numbers.")
        self.assertEqual([metric.metric_name for metric in information.metrics][:2], ["uniform", "gauss"])

    def test_a_monitor_is_made_with_its_id_its_entry_and_the_interval_of_all(self) -> None:
        entry = {"module": "pkg.sub.deep", "id": 7}
        monitor = build_monitor(entry, "7", default_sample_interval_secs=3.0, additional_python_paths=[PLUGINS])
        monitor.open_metric_log()
        monitor.gather_sample()
        self.assertEqual(self.sink.contents, ['[deep(7)] which "mixed"'])
        self.assertEqual((monitor._sample_interval_secs, monitor.uid), (3.0, "pkg.sub.deep-7"))
