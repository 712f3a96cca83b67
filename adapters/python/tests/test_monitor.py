"""The contract of ScalyrMonitor."""

import ast
import threading
import time
from typing import Any, List
from unittest import mock

from scalyr_agent import ScalyrMonitor
from scalyr_agent.scalyr_logging import getLogger
from scalyr_agent.scalyr_monitor import BadMonitorConfiguration, define_config_option

from .support import SinkTestCase, golden, make_monitor


class Global:
    """A global configuration."""

    def __init__(self, **settings: Any) -> None:
        self.__dict__.update(settings)


class ConstructorTest(SinkTestCase):
    """What exists when."""

    def test_initialize_runs_when_all_but_the_thread_is_there(self) -> None:
        seen: List[Any] = []

        class Curious(ScalyrMonitor):
            def _initialize(self) -> None:
                seen.extend([self._sample_interval_secs, self.reported_lines(), self._log_write_rate, self.log_config])
                seen.append(hasattr(self, "_run_state"))

        make_monitor(Curious, sample_interval="7")
        self.assertEqual(seen, [7.0, 0, 2000, {"path": "my_monitor.log"}, False])

    def test_the_thread_has_the_name_of_the_agents_and_keeps_the_process_alive(self) -> None:
        monitor = make_monitor()
        self.assertEqual((monitor.name, monitor.daemon, monitor.disabled), ("metric thread", False, False))

    def test_the_interval_is_taken_from_argument_entry_environment_and_class_in_this_order(self) -> None:
        class Often(ScalyrMonitor):
            DEFAULT_SAMPLE_INTERVAL_SECS = 12.5

        config = {"module": "m", "sample_interval": 7}
        self.assertEqual(Often(config, getLogger("m()"), sample_interval_secs=3)._sample_interval_secs, 3)
        self.assertEqual(Often(config, getLogger("m()"))._sample_interval_secs, 7.0)
        with mock.patch.dict("os.environ", {"SCALYR_SAMPLE_INTERVAL": "4"}):
            self.assertEqual(Often({"module": "m"}, getLogger("m()"))._sample_interval_secs, 4.0)
        self.assertEqual(Often({"module": "m"}, getLogger("m()"))._sample_interval_secs, 12.5)

    def test_a_bad_setting_of_the_base_class_is_named(self) -> None:
        with self.assertRaises(BadMonitorConfiguration) as caught:
            make_monitor(monitor_log_flush_delay=-1)
        self.assertEqual(caught.exception.field, "monitor_log_flush_delay")

    def test_plain_http_can_be_forbidden(self) -> None:
        define_config_option("secure", "url", "", allow_http=False)
        entry = {"module": "secure", "url": "http://x"}
        ScalyrMonitor(entry, getLogger("secure()"), global_config=Global(allow_http_monitors=True))
        with self.assertRaisesRegex(BadMonitorConfiguration, 'must start with "https://"'):
            ScalyrMonitor(entry, getLogger("secure()"), global_config=Global(allow_http_monitors=False))

    def test_rotation_is_the_monitors_own_or_everybodys_or_the_agents(self) -> None:
        own = make_monitor(log_rotation_backup_count=1, log_rotation_max_bytes=9)
        self.assertEqual(own._get_log_rotation_configuration(), (1, 9))
        everybodys = make_monitor(global_config=Global(log_rotation_backup_count=5, log_rotation_max_bytes=6))
        self.assertEqual(everybodys._get_log_rotation_configuration(), (5, 6))
        self.assertEqual(make_monitor()._get_log_rotation_configuration(), (2, 20971520))

    def test_names_are_those_the_agent_gives(self) -> None:
        checked = 0
        for line in golden("config_ids.txt").splitlines():
            if " -> [(" not in line:
                continue
            for name, monitor_id, given, uid, short_hash, _, log, _ in ast.literal_eval(line.split(" -> ")[1]):
                with self.subTest(line):
                    module = uid[: -len(f"-{given}")]
                    brackets = name[name.index("(") :]
                    monitor = ScalyrMonitor({"module": module, "id": given}, getLogger(module + brackets))
                    self.assertEqual(monitor.monitor_name, name)
                    self.assertEqual(monitor.monitor_id, monitor_id)
                    self.assertEqual(monitor.uid, uid)
                    self.assertEqual(monitor.short_hash, short_hash)
                    self.assertEqual(monitor.log_config, {"path": log})
                    checked += 1
        self.assertEqual(checked, 29)


class RunTest(SinkTestCase):
    """The loop that takes samples."""

    def test_samples_until_it_is_stopped_and_says_that_it_has_finished(self) -> None:
        sampled = threading.Semaphore(0)

        class Sampling(ScalyrMonitor):
            def gather_sample(self) -> None:
                sampled.release()

        monitor = make_monitor(Sampling, sample_interval=0)
        monitor.start()
        sampled.acquire()
        sampled.acquire()
        monitor.stop()
        self.assertFalse(threading.Thread.is_alive(monitor))
        self.assertEqual(self.sink.messages, ["Monitor has finished"])

    def test_a_sample_that_fails_counts_two_errors_and_does_not_end_the_monitor(self) -> None:
        class Failing(ScalyrMonitor):
            def gather_sample(self) -> None:
                if self.errors() == 4:
                    self._run_state.stop()
                    return
                raise RuntimeError("sample failed")

        monitor = make_monitor(Failing, sample_interval=0)
        monitor.run()
        self.assertEqual(monitor.errors(), 4)
        self.assertEqual(
            self.sink.messages[:2], ["Failed to gather sample due to the following exception"] * 2
        )
        self.assertIn("RuntimeError: sample failed", self.sink.diagnostics[0].stack or "")

    def test_waits_the_interval_after_the_work_or_from_its_start_on(self) -> None:
        for adjust, waited in [(False, 10.0), (True, 7.0)]:
            with self.subTest(adjust=adjust):
                slept: List[float] = []

                class Slow(ScalyrMonitor):
                    def _sleep_but_awaken_if_stopped(self, time_to_sleep: float) -> bool:
                        slept.append(time_to_sleep)
                        self._run_state.stop()
                        return True

                monitor = make_monitor(Slow, sample_interval=10)
                monitor._adjust_sleep_by_gather_time = adjust
                with mock.patch("time.monotonic", side_effect=[100.0, 103.0]):
                    monitor.run()
                self.assertEqual(slept, [waited])

    def test_the_first_sample_is_immediate_without_a_global_configuration(self) -> None:
        self.assertEqual(make_monitor()._get_initial_sleep_delay(), 0)

    def test_the_first_sample_is_spread_with_a_global_configuration(self) -> None:
        spread = Global(global_monitor_sample_interval_enable_jitter=True)
        ten = make_monitor(global_config=spread, sample_interval=10)
        long = make_monitor(global_config=spread, sample_interval=300)
        self.assertEqual({ten._get_initial_sleep_delay() in range(2, 9) for _ in range(100)}, {True})
        self.assertEqual({long._get_initial_sleep_delay() in range(15, 41) for _ in range(100)}, {True})
        together = Global(global_monitor_sample_interval_enable_jitter=False)
        self.assertEqual(make_monitor(global_config=together)._get_initial_sleep_delay(), 0)

    def test_is_not_alive_from_the_moment_it_is_asked_to_stop(self) -> None:
        released = threading.Event()

        class Busy(ScalyrMonitor):
            def gather_sample(self) -> None:
                released.wait()

        monitor = make_monitor(Busy)
        monitor.start()
        self.assertTrue(monitor.is_alive() and monitor.isAlive())
        monitor.stop(wait_on_join=False)
        self.assertFalse(monitor.is_alive() or monitor.isAlive())
        released.set()
        monitor.join(5)

    def test_what_waits_is_woken_by_a_stop(self) -> None:
        monitor = make_monitor()
        threading.Timer(0.05, monitor._run_state.stop).start()
        started = time.monotonic()
        self.assertTrue(monitor._sleep_but_awaken_if_stopped(30))
        self.assertLess(time.monotonic() - started, 10)


class LogTest(SinkTestCase):
    """Opening and closing the metric log."""

    def test_values_need_an_open_metric_log(self) -> None:
        monitor = make_monitor()
        monitor.close_metric_log()
        with self.assertRaises(Exception) as caught:
            monitor._logger.emit_value("m", 1)
        self.assertEqual(str(caught.exception), "Cannot report metric values until metric log file is opened.")
        self.assertEqual(self.sink.lines, [])

    def test_a_monitor_may_open_it_in_a_way_of_its_own(self) -> None:
        class Own(ScalyrMonitor):
            def open_metric_log(self) -> bool:
                self._logger.openMetricLogForMonitor(self.log_config["path"], self, max_bytes=10, flush_delay=1.0)
                return True

        make_monitor(Own)._logger.emit_value("m", 1)
        self.assertEqual(self.sink.contents, ["[my_monitor()] m 1"])

    def test_has_no_opinion_where_none_is_asked_for(self) -> None:
        monitor = make_monitor()
        self.assertIsNone(monitor.get_extra_server_attributes())
        self.assertIsNone(monitor.get_user_agent_fragment())
        self.assertIsNone(monitor.config_from_monitors(None))
        self.assertIsNone(monitor.set_log_watcher(None))
        self.assertFalse(monitor.get_stop_agent_on_failure())
        self.assertTrue(make_monitor(stop_agent_on_failure="true").get_stop_agent_on_failure())
