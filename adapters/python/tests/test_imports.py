"""What can be imported, and what is said of the rest."""

import importlib
import os
import subprocess
import sys
import unittest

import scalyr_agent

from .support import PACKAGE_FOLDER

OFFERED = {
    "scalyr_agent": (
        "ScalyrMonitor MonitorConfig BadMonitorConfiguration UnsupportedSystem define_metric define_config_option "
        "define_log_field StoppableThread RunState getLogger AgentLogger DEBUG_LEVEL_0 DEBUG_LEVEL_1 DEBUG_LEVEL_2 "
        "DEBUG_LEVEL_3 DEBUG_LEVEL_4 DEBUG_LEVEL_5 AutoFlushingRotatingFileHandler json_lib monitor_utils "
        "scalyr_logging util compat scalyr_monitor config_util __scalyr__ date_parsing_utils configuration"
    ),
    "scalyr_agent.scalyr_monitor": (
        "ScalyrMonitor MonitorConfig MonitorInformation BadMonitorConfiguration UnsupportedSystem define_metric "
        "define_config_option define_log_field load_monitor_class"
    ),
    "scalyr_agent.scalyr_logging": (
        "getLogger AgentLogger BaseFormatter MetricLogFormatter MetricLogHandler UnsupportedValueType DEBUG_LEVEL_0 "
        "DEBUG_LEVEL_1 DEBUG_LEVEL_2 DEBUG_LEVEL_3 DEBUG_LEVEL_4 DEBUG_LEVEL_5 AutoFlushingRotatingFileHandler"
    ),
    "scalyr_agent.util": (
        "StoppableThread RunState json_encode json_decode atomic_write_dict_as_json_file read_file_as_json "
        "seconds_since_epoch match_glob is_list_of_strings HistogramTracker get_parser_from_config "
        "get_web_url_from_upload_url"
    ),
    "scalyr_agent.compat": "os_environ_unicode os_getenv_unicode custom_defaultdict struct_pack_unicode",
    "scalyr_agent.json_lib": (
        "JsonObject JsonArray ArrayOfStrings SpaceAndCommaSeparatedArrayOfStrings JsonParseException parse serialize "
        "JsonConversionException JsonMissingFieldException"
    ),
    "scalyr_agent.json_lib.objects": "JsonObject JsonArray ArrayOfStrings SpaceAndCommaSeparatedArrayOfStrings",
    "scalyr_agent.json_lib.exceptions": "JsonParseException JsonConversionException JsonMissingFieldException",
    "scalyr_agent.monitor_utils": "ServerProcessor LineRequestParser Int32RequestParser",
    "scalyr_agent.monitor_utils.server_processors": "ServerProcessor LineRequestParser Int32RequestParser",
    "scalyr_agent.configuration": "BadConfiguration",
    "scalyr_agent.date_parsing_utils": "rfc3339_to_datetime",
    "scalyr_agent.__scalyr__": "SCALYR_VERSION",
    "scalyr_agent.log_watcher": "LogWatcher",
}


def run_python(code: str) -> "subprocess.CompletedProcess[str]":
    """Runs some code in an interpreter of its own, with nothing installed but the standard library."""
    environment = dict(os.environ, PYTHONPATH=PACKAGE_FOLDER)
    return subprocess.run(
        [sys.executable, "-S", "-c", code], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


class ImportsTest(unittest.TestCase):
    """The surface."""

    def test_offers_what_monitors_import(self) -> None:
        for module, names in OFFERED.items():
            for name in names.split():
                with self.subTest(f"from {module} import {name}"):
                    exec(f"from {module} import {name}", {})

    def test_submodules_are_there_without_being_imported(self) -> None:
        names = ["scalyr_logging", "util", "compat", "scalyr_monitor", "config_util", "__scalyr__"]
        code = f"import scalyr_agent\nfor name in {names}: print(getattr(scalyr_agent, name).__name__)"
        wanted = "".join(f"scalyr_agent.{name}\n" for name in names)
        self.assertEqual(run_python(code).stdout, wanted)

    def test_a_name_that_is_not_offered_is_an_import_error_with_advice(self) -> None:
        for statement, named in [
            ("from scalyr_agent import monitors_manager", '"scalyr_agent.monitors_manager"'),
            ("from scalyr_agent import NoSuchClass", '"scalyr_agent.NoSuchClass"'),
            ("from scalyr_agent.util import no_such", '"no_such" from "scalyr_agent.util"'),
            ("from scalyr_agent.scalyr_monitor import no_such", '"no_such" from "scalyr_agent.scalyr_monitor"'),
            ("from scalyr_agent.json_lib import no_such", '"scalyr_agent.json_lib.no_such"'),
            ("from scalyr_agent.json_lib.objects import no_such", '"no_such" from "scalyr_agent.json_lib.objects"'),
            ("import scalyr_agent.third_party.requests", '"scalyr_agent.third_party"'),
            ("from scalyr_agent.monitor_utils.k8s import KubernetesApi", '"scalyr_agent.monitor_utils.k8s"'),
        ]:
            with self.subTest(statement), self.assertRaises(ImportError) as caught:
                exec(statement, {})
            self.assertIn(f"Cannot import {named}", str(caught.exception))
            self.assertIn("otel.python", str(caught.exception))

    def test_asking_whether_a_name_is_there_is_no_import(self) -> None:
        for module in OFFERED:
            with self.subTest(module):
                self.assertFalse(hasattr(importlib.import_module(module), "no_such"))
        with self.assertRaisesRegex(AttributeError, "otel.python"):
            scalyr_agent.no_such

    def test_does_not_load_what_few_plugins_need(self) -> None:
        heavy = ["socket", "ssl", "hashlib", "urllib.request", "http.client", "logging.handlers", "json", "datetime"]
        code = "import sys\nfrom scalyr_agent import ScalyrMonitor, define_config_option, scalyr_logging\n"
        loaded = run_python(f"{code}print([name for name in {heavy!r} if name in sys.modules])")
        self.assertEqual(loaded.stdout, "[]\n", loaded.stderr)


class SixTest(unittest.TestCase):
    """The module six, where none is installed."""

    def check(self, code: str) -> None:
        result = run_python(f"import scalyr_agent\nimport six\nassert six.__file__.endswith('fallback/six.py')\n{code}")
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_texts_and_bytes(self) -> None:
        self.check(
            "assert six.ensure_text(b'\\xc3\\xa9') == 'é' and six.ensure_str('é') == 'é'\n"
            "assert six.ensure_binary('é') == b'\\xc3\\xa9' and six.b('a') == b'a' and six.u('a') == 'a'\n"
            "assert six.PY3 and not six.PY2 and six.text_type is str and six.binary_type is bytes\n"
            "assert isinstance('', six.string_types) and isinstance(1, six.integer_types)\n"
            "assert six.StringIO('a').read() == 'a' and six.BytesIO(b'a').read() == b'a'\n"
            "assert six.int2byte(65) == b'A' and six.byte2int(b'A') == 65 and six.indexbytes(b'AB', 1) == 66\n"
        )

    def test_mappings(self) -> None:
        self.check(
            "d = {'a': 1}\n"
            "assert list(six.iteritems(d)) == [('a', 1)] and list(six.iterkeys(d)) == ['a']\n"
            "assert list(six.itervalues(d)) == [1] and list(six.viewkeys(d)) == ['a']\n"
        )

    def test_moved_modules_are_the_very_modules(self) -> None:
        self.check(
            "from six.moves.urllib.parse import urlencode\n"
            "from six.moves import http_client, http_cookiejar, queue, range, reduce, socketserver, urllib, zip_longest\n"
            "import six.moves.urllib.request, six.moves.urllib.error, six.moves.configparser\n"
            "import urllib.parse, urllib.error, http.client, configparser, itertools\n"
            "assert urlencode is urllib.parse.urlencode and six.moves.urllib.parse is urllib.parse\n"
            "assert six.moves.urllib.error.HTTPError is urllib.error.HTTPError\n"
            "assert six.moves.http_client is http.client and six.moves.configparser is configparser\n"
            "assert urllib.parse.__spec__.name == 'urllib.parse' and zip_longest is itertools.zip_longest\n"
            "assert range is __builtins__.range\n"
        )

    def test_classes_and_exceptions(self) -> None:
        self.check(
            "class Meta(type): pass\n"
            "class Base(object): pass\n"
            "class A(six.with_metaclass(Meta, Base)): pass\n"
            "assert type(A) is Meta and A.__mro__ == (A, Base, object)\n"
            "@six.add_metaclass(Meta)\n"
            "@six.python_2_unicode_compatible\n"
            "class B(Base): x = 1\n"
            "assert type(B) is Meta and B.x == 1\n"
            "try:\n"
            "    six.reraise(ValueError, ValueError('x'), None)\n"
            "except ValueError as error:\n"
            "    assert str(error) == 'x'\n"
        )

    def test_an_installed_one_comes_first(self) -> None:
        code = (
            "import sys, types, tempfile, os\n"
            "folder = tempfile.mkdtemp()\n"
            "open(os.path.join(folder, 'six.py'), 'w').write('mine = 1')\n"
            "sys.path.append(folder)\n"
            "import scalyr_agent, six\nassert six.mine == 1\n"
        )
        self.assertEqual(run_python(code).stderr, "")
