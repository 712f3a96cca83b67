"""AgentLogger beyond what was recorded."""

import logging
import threading
from typing import Any, List
from unittest import mock

from scalyr_agent import scalyr_logging
from scalyr_agent.scalyr_logging import AgentLogger, getLogger

from .support import SinkTestCase, make_monitor


class Global:
    """A global configuration that asks for rates."""

    def __init__(self, *names: str) -> None:
        self.calculate_rate_metric_names = list(names)


class SignalTest(SinkTestCase):
    """Which lines are handed over as logs, which as metrics."""

    def test_texts_are_logs_and_everything_else_is_a_metric(self) -> None:
        logger = make_monitor()._logger
        for value in ["text", "", 1, 2.5, True, float("nan")]:
            logger.emit_value("m", value)
        self.assertEqual([is_log for _, _, is_log in self.sink.written], [True, True, False, False, False, False])

    def test_ready_made_lines_are_read(self) -> None:
        logger = make_monitor()._logger
        metrics = ['df.total 264 mount="/" fstype="ext4"', "x -1.5e-7", "x true a=1", "x null", 'x 1 a="q\\" b=1"']
        logs = ["free text", 'x "text"', "x 1 rest", "x 01", "a=1 b=2", "x 1.", ""]
        for text in metrics + logs:
            logger.info(text, emit_to_metric_log=True)
        self.assertEqual(
            [is_log for _, _, is_log in self.sink.written], [False] * len(metrics) + [True] * len(logs)
        )

    def test_an_id_that_ends_the_header_early_makes_free_text(self) -> None:
        logger = make_monitor()._logger
        logger.emit_value("m", 1, monitor_id_override="a)] b")
        logger.emit_value("m", 1, monitor_id_override="a(b)")
        self.assertEqual([is_log for _, _, is_log in self.sink.written], [True, False])


class LinesTest(SinkTestCase):
    """What a line looks like."""

    def test_a_lone_surrogate_turns_the_strings_of_its_line_into_ascii(self) -> None:
        make_monitor()._logger.emit_value("m", 1, {"k": "é\ud800", "n": 5})
        self.assertEqual(self.sink.contents, ['[my_monitor()] m 1 k="\\u00e9\\ud800" n=5'])

    def test_a_ready_made_line_keeps_a_lone_surrogate_as_an_escape(self) -> None:
        make_monitor()._logger.info("a \ud800", emit_to_metric_log=True)
        self.assertEqual(self.sink.contents, ["[my_monitor()] a \\ud800"])

    def test_subclasses_of_numbers_and_texts_are_written_as_what_they_are(self) -> None:
        class Watts(float):
            def __repr__(self) -> str:
                return "Watts!"

        make_monitor()._logger.emit_value("m", Watts(1.5), {"k": Watts("nan")})
        self.assertEqual(self.sink.contents, ["[my_monitor()] m 1.5 k=null"])

    def test_another_monitor_may_be_counted_for(self) -> None:
        mine, other = make_monitor(), make_monitor(id="2")
        mine._logger.emit_value("m", 1, monitor=other)
        self.assertEqual((mine.reported_lines(), other.reported_lines()), (0, 1))
        self.assertIs(self.sink.written[0][0], other)

    def test_a_logger_without_a_monitor_writes_for_the_one_it_is_told(self) -> None:
        monitor = make_monitor(id="7")
        getLogger("some.helper").info("df.total 5", metric_log_for_monitor=monitor)
        self.assertEqual(self.sink.contents, ["[my_monitor(7)] df.total 5"])
        self.assertEqual(monitor.reported_lines(), 1)

    def test_a_logger_without_a_monitor_has_no_metric_log(self) -> None:
        with self.assertRaises(Exception) as caught:
            getLogger("some.helper").info("m 5", emit_to_metric_log=True)
        self.assertEqual(
            str(caught.exception), "You cannot set emit_to_metric_log=True on a non-monitor logger instance"
        )

    def test_values_and_messages_of_many_threads_stay_in_one_piece(self) -> None:
        monitor = make_monitor()
        per_thread = 200

        def work(number: int) -> None:
            for count in range(per_thread):
                monitor._logger.emit_value(f"m{number}", count, {"b": 1, "a": "x" * number})
                monitor._logger.info("thread %d", number)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for number in range(8):
            own = [line for line in self.sink.contents if f" m{number} " in line]
            wanted = [f'[my_monitor()] m{number} {count} a="{"x" * number}" b=1' for count in range(per_thread)]
            self.assertEqual(own, wanted)
        self.assertEqual(monitor.reported_lines(), 8 * per_thread)
        self.assertEqual(len(self.sink.messages), 8 * per_thread)


class NamesTest(SinkTestCase):
    """Warnings about names that are not legal."""

    def test_warns_of_the_first_bad_name_of_each_kind_in_a_day(self) -> None:
        logger = make_monitor()._logger
        with mock.patch("time.time", return_value=1_700_000_000.0) as clock:
            logger.emit_value("a b", 1, {"c d": 1})
            logger.emit_value("e f", 1, {"c d": 1})
            self.assertEqual(
                [diagnostic.error_code for diagnostic in self.sink.diagnostics],
                ["client/badMetricName", "client/badFieldName"],
            )
            clock.return_value += 86_400
            logger.emit_value("e f", 1)
        self.assertTrue(self.sink.messages[2].startswith('Invalid metric name "e f": written as "e_f"'))

    def test_gives_the_legal_name_to_whoever_asks(self) -> None:
        self.assertEqual(AgentLogger.force_valid_metric_or_field_name("1value"), "sa_1value")
        logger = make_monitor()._logger
        name = AgentLogger.force_valid_metric_or_field_name("value", is_metric=False, logger=logger)
        self.assertEqual(name, "value_")
        self.assertEqual(self.sink.diagnostics[0].error_code, "client/badFieldName")

    def test_a_metric_on_the_blacklist_is_neither_written_nor_counted(self) -> None:
        monitor = make_monitor(metric_name_blacklist="a_b, other")
        monitor._logger.emit_value("a b", 1)
        self.assertEqual((self.sink.lines, monitor.reported_lines()), ([], 0))


class LevelsTest(SinkTestCase):
    """Which messages are shown."""

    def setUp(self) -> None:
        super().setUp()
        self.addCleanup(scalyr_logging.set_log_level, scalyr_logging.DEBUG_LEVEL_0)

    def test_each_level_of_debugging_shows_more(self) -> None:
        logger = getLogger("leveled()")
        for level, shown in [(0, 0), (1, 1), (3, 3), (5, 5)]:
            with self.subTest(level=level):
                self.sink.diagnostics.clear()
                scalyr_logging.set_log_level(scalyr_logging.DEBUG_LEVELS[level])
                for number in range(1, 6):
                    logger.log(scalyr_logging.DEBUG_LEVELS[number], "deep %d", number)
                self.assertEqual(self.sink.messages, [f"deep {number}" for number in range(1, shown + 1)])
        self.assertEqual({diagnostic.level for diagnostic in self.sink.diagnostics}, {"DEBUG"})

    def test_what_libraries_log_is_shown_too(self) -> None:
        logging.getLogger("some.library").warning("careful")
        self.assertRegex(
            self.sink.diagnostics[0].format(),
            r"^\d{4}.{20} WARNING \[monitor:library\] \[test_logger:\d+\] careful\n$",
        )

    def test_a_logger_that_a_library_made_first_becomes_one_of_ours(self) -> None:
        made = logging.getLogger("made.before")
        self.assertIs(getLogger("made.before"), made)
        getLogger("made.before").info("hello", error_code="x")
        self.assertEqual(self.sink.messages, ["hello"])

    def test_handlers_of_the_plugin_get_its_messages(self) -> None:
        heard: List[str] = []

        class Ear(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                heard.append(self.format(record))

        ear = Ear()
        ear.setFormatter(scalyr_logging.MetricLogFormatter())
        logger = getLogger("heard(1)")
        logger.addHandler(ear)
        self.addCleanup(logger.removeHandler, ear)
        logger.info("x %d", 5)
        self.assertEqual([line[25:] for line in heard], ["[heard(1)] x 5"])

    def test_a_limited_message_is_let_through_again_after_its_time(self) -> None:
        logger = getLogger("limited()")
        with mock.patch("time.time", return_value=1_700_000_000.0) as clock:
            for elapsed in [0, 59, 1]:
                clock.return_value += elapsed
                logger.info("slow", limit_once_per_x_secs=60, limit_key="k")
        self.assertEqual(len(self.sink.messages), 2)

    def test_exceptions_and_stacks_are_shown_however_they_are_given(self) -> None:
        logger = getLogger("stacked()")
        try:
            raise KeyError("gone")
        except KeyError as error:
            logger.error("a", exc_info=error)
            logger.error("b", exc_info=True)
        logger.info("c", stack_info=True)
        stacks = [diagnostic.stack or "" for diagnostic in self.sink.diagnostics]
        self.assertTrue(stacks[0].endswith("KeyError: 'gone'"))
        self.assertEqual(stacks[0], stacks[1])
        self.assertTrue(stacks[2].startswith("Stack (most recent call last):"))


class RateTest(SinkTestCase):
    """Rates of growing counters."""

    def emit(self, monitor: Any, *samples: Any) -> List[str]:
        for secs, value, fields in samples:
            monitor._logger.emit_value("c", value, fields, timestamp=1_700_000_000_000 + secs * 1000)
        return [line.split("()] ")[1] for line in self.sink.contents]

    def test_a_rate_follows_the_value_with_the_same_fields_and_time(self) -> None:
        monitor = make_monitor(global_config=Global("my_monitor:c"))
        lines = self.emit(monitor, (0, 10, {"h": "a"}), (3, 20, {"h": "a"}))
        self.assertEqual(lines, ['c 10 h="a"', 'c 20 h="a"', 'c_rate 3.33333 h="a"'])
        self.assertEqual(self.sink.lines[1][:24], self.sink.lines[2][:24])
        self.assertEqual(monitor.reported_lines(), 3)

    def test_series_are_told_apart_and_falls_and_long_gaps_have_no_rate(self) -> None:
        monitor = make_monitor(global_config=Global("my_monitor:c"))
        samples = [(0, 10, {"h": "a"}), (1, 20, {"h": "b"}), (2, 5, {"h": "a"}), (662, 9, {"h": "a"})]
        self.assertEqual([line for line in self.emit(monitor, *samples) if "rate" in line], [])

    def test_an_entry_may_name_a_field(self) -> None:
        monitor = make_monitor(global_config=Global("my_monitor:c:h=a"))
        samples = [(0, 1, {"h": "a"}), (1, 2, {"h": "a"}), (2, 1, {"h": "b"}), (3, 2, {"h": "b"})]
        self.assertEqual([line for line in self.emit(monitor, *samples) if "rate" in line], ['c_rate 1.0 h="a"'])

    def test_the_monitors_own_entries_count_when_there_is_a_global_configuration(self) -> None:
        own = make_monitor(global_config=Global(), calculate_rate_metric_names="my_monitor:c")
        alone = make_monitor(calculate_rate_metric_names="my_monitor:c")
        self.emit(own, (0, 1, {}), (1, 2, {}))
        self.emit(alone, (0, 1, {}), (1, 2, {}))
        self.assertEqual(sum("c_rate" in line for line in self.sink.lines), 1)
