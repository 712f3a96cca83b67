"""The small things of util and their like."""

import datetime
import io
import logging
import os
import socket
import tempfile
import threading
import unittest
from typing import Any, List

from scalyr_agent import AutoFlushingRotatingFileHandler, compat, util
from scalyr_agent.config_util import convert_config_param, get_config_from_env
from scalyr_agent.configuration import BadConfiguration
from scalyr_agent.date_parsing_utils import rfc3339_to_datetime, rfc3339_to_nanoseconds_since_epoch
from scalyr_agent.monitor_utils import Int32RequestParser, LineRequestParser, ServerProcessor
from scalyr_agent.monitor_utils.server_processors import RequestSizeExceeded
from scalyr_agent.scalyr_logging import MetricLogHandler
from scalyr_agent.util import HistogramTracker, JsonReadFileException, RunState


class FilesTest(unittest.TestCase):
    """Files of JSON, patterns, rotation."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name: str) -> str:
        return os.path.join(self.folder, name)

    def read(self, name: str) -> str:
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def test_a_file_of_json_is_replaced_in_one_go(self) -> None:
        util.atomic_write_dict_as_json_file(self.path("a.json"), self.path("a.json~"), {"pid": 5, "l": [1]})
        self.assertEqual(util.read_file_as_json(self.path("a.json")), {"pid": 5, "l": [1]})
        self.assertEqual(os.listdir(self.folder), ["a.json"])

    def test_a_file_that_is_no_json_is_named(self) -> None:
        with open(self.path("bad.json"), "w") as file:
            file.write("{a: }")
        with self.assertRaisesRegex(JsonReadFileException, r'Cannot read ".*bad\.json": \'}\' can only be used'):
            util.read_file_as_json(self.path("bad.json"))
        with self.assertRaises(JsonReadFileException):
            util.read_file_as_json(self.path("missing.json"))

    def test_two_stars_stand_for_any_folders(self) -> None:
        os.makedirs(self.path("x/y"))
        open(self.path("x/y/a.log"), "w").close()
        self.assertEqual(util.match_glob(self.path("**/*.log")), [self.path("x/y/a.log")])

    def test_a_file_is_rotated_when_the_next_line_would_be_too_much(self) -> None:
        handler = AutoFlushingRotatingFileHandler(self.path("x.log"), maxBytes=11, backupCount=2)
        self.addCleanup(handler.close)
        for text in ["one", "two", "three", "four", "five"]:
            handler.handle(logging.makeLogRecord({"msg": text}))
        kept = {name: self.read(name) for name in sorted(os.listdir(self.folder))}
        self.assertEqual(kept, {"x.log": "four\nfive\n", "x.log.1": "three\n", "x.log.2": "one\ntwo\n"})

    def test_a_flush_may_wait(self) -> None:
        handler = AutoFlushingRotatingFileHandler(self.path("x.log"), flushDelay=3600)
        handler.handle(logging.makeLogRecord({"msg": "late"}))
        self.assertEqual(self.read("x.log"), "")
        handler.close()
        self.assertEqual(self.read("x.log"), "late\n")

    def test_handlers_of_metric_lines_are_one_for_each_file(self) -> None:
        handler = MetricLogHandler.get_handler_for_path(self.path("m.log"))
        self.assertIs(MetricLogHandler.get_handler_for_path(self.path("m.log")), handler)
        handler.handle(logging.makeLogRecord({"msg": "m 5", "name": "a.m(1)", "created": 1700000000.5}))
        handler.close()
        self.assertEqual(self.read("m.log"), "2023-11-14 22:13:20.500Z [m(1)] m 5\n")


class ValuesTest(unittest.TestCase):
    """Conversions."""

    def test_times_of_rfc_3339(self) -> None:
        moment = datetime.datetime(2015, 8, 3, 9, 12, 43, 143757)
        self.assertEqual(rfc3339_to_datetime("2015-08-03T09:12:43.143757463Z"), moment)
        self.assertEqual(rfc3339_to_datetime("2015-08-03T11:12:43.143757+02:00"), moment)
        self.assertEqual(rfc3339_to_nanoseconds_since_epoch("2015-08-03T09:12:43.143757463Z"), 1438593163143757463)
        self.assertIsNone(rfc3339_to_datetime("2015-13-03T09:12:43Z"))
        self.assertIsNone(rfc3339_to_nanoseconds_since_epoch("yesterday"))
        self.assertEqual(util.seconds_since_epoch(datetime.datetime(1970, 1, 2)), 86400.0)

    def test_lists_of_strings(self) -> None:
        self.assertTrue(util.is_list_of_strings(["a", ""]))
        self.assertFalse(util.is_list_of_strings(["a", 1]))
        self.assertFalse(util.is_list_of_strings(5))

    def test_the_parser_of_a_log(self) -> None:
        self.assertEqual(util.get_parser_from_config({"parser": "a"}, {"parser": "b"}, "c"), "a")
        self.assertEqual(util.get_parser_from_config({}, {"parser": "b"}, "c"), "b")
        self.assertEqual(util.get_parser_from_config({}, {}, "c"), "c")

    def test_the_web_site_of_a_server(self) -> None:
        self.assertEqual(util.get_web_url_from_upload_url("https://agent.scalyr.com"), "https://www.scalyr.com")
        self.assertEqual(util.get_web_url_from_upload_url("https://upload.eu.scalyr.com"), "https://www.eu.scalyr.com")

    def test_settings_and_the_environment(self) -> None:
        os.environ["SCALYR_SOME_SETTING"] = "5"
        self.addCleanup(os.environ.pop, "SCALYR_SOME_SETTING")
        self.assertEqual(get_config_from_env("some_setting", convert_to=int), 5)
        self.assertIsNone(get_config_from_env("some_other_setting"))
        with self.assertRaisesRegex(BadConfiguration, r'badField="f" errorCode="illegalConversion"'):
            convert_config_param("f", "x", int)
        self.assertEqual(compat.struct_unpack_unicode("!H", compat.struct_pack_unicode("!H", 5)), (5,))

    def test_percentiles_are_estimated_from_buckets(self) -> None:
        histogram = HistogramTracker([10, 100])
        for value in [5, 15, 20, 30, 500]:
            histogram.add_sample(value)
        self.assertEqual((histogram.count(), histogram.min(), histogram.max(), histogram.average()), (5, 5, 500, 114.0))
        median = histogram.estimate_median()
        assert median is not None
        self.assertTrue(10 <= median <= 100)
        self.assertEqual(histogram.estimate_percentile(1), 500)
        histogram.reset()
        self.assertEqual(histogram.summarize(), "(count=0)")
        with self.assertRaises(ValueError):
            HistogramTracker([10, 5])


class RequestsTest(unittest.TestCase):
    """Requests in a stream of bytes."""

    def parse_all(self, parser: Any, data: bytes) -> List[bytes]:
        buffer, requests = io.BytesIO(data), []
        while True:
            request = parser.parse_request(buffer, len(data) - buffer.tell())
            if request is None:
                return requests + [buffer.read()]
            requests.append(request)

    def test_lines(self) -> None:
        self.assertEqual(self.parse_all(LineRequestParser(20), b"a 1\nb 2\nc"), [b"a 1\n", b"b 2\n", b"c"])
        self.assertEqual(self.parse_all(LineRequestParser(20, eof_as_eol=True), b"a\nb"), [b"a\n", b"b", b""])
        with self.assertRaises(RequestSizeExceeded):
            self.parse_all(LineRequestParser(3), b"aaaaaaaaa\n")

    def test_requests_with_their_length_in_front(self) -> None:
        data = b"\0\0\0\2ab\0\0\0\1c\0\0\0\5de"
        self.assertEqual(self.parse_all(Int32RequestParser(20), data), [b"ab", b"c", b"\0\0\0\5de"])
        with self.assertRaises(RequestSizeExceeded):
            self.parse_all(Int32RequestParser(4), b"\0\0\0\5abcde")


class ServerTest(unittest.TestCase):
    """A server in a thread."""

    def setUp(self) -> None:
        requests: List[bytes] = []
        problems: List[BaseException] = []
        arrived = threading.Semaphore(0)

        class Server(ServerProcessor):
            def parse_request(self, request_input: Any, num_available_bytes: int) -> Any:
                return LineRequestParser(20).parse_request(request_input, num_available_bytes)

            def execute_request(self, request: Any) -> None:
                requests.append(request)
                arrived.release()

            def report_connection_problem(self, exception: BaseException) -> None:
                problems.append(exception)
                arrived.release()

        self.requests, self.problems, self.arrived = requests, problems, arrived
        self.state = RunState()
        self.server = Server(0, run_state=self.state)
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        self.addCleanup(self.thread.join)
        self.addCleanup(self.state.stop)

    def test_executes_what_clients_send_in_pieces(self) -> None:
        with socket.create_connection(("localhost", self.server.server_port)) as client:
            client.sendall(b"one\ntw")
            self.arrived.acquire()
            client.sendall(b"o\n")
            self.arrived.acquire()
        self.assertEqual((self.requests, self.problems), ([b"one\n", b"two\n"], []))

    def test_disconnects_a_client_whose_request_is_too_large(self) -> None:
        with socket.create_connection(("localhost", self.server.server_port)) as client:
            client.sendall(b"x" * 100)
            self.arrived.acquire()
            self.assertEqual(client.recv(1), b"")
        self.assertIsInstance(self.problems[0], RequestSizeExceeded)
