"""MonitorConfig against the conversions, bounds and defaults of the real agent."""

import os
import re
from typing import Any, Dict
from unittest import mock

from scalyr_agent import json_lib
from scalyr_agent.json_lib import ArrayOfStrings, JsonArray, JsonObject, SpaceAndCommaSeparatedArrayOfStrings
from scalyr_agent.scalyr_monitor import MonitorConfig, MonitorInformation, define_config_option
from scalyr_agent.scalyr_monitor import define_log_field, define_metric

from .deliberate_differences import without_reworded
from .support import SinkTestCase, golden

TYPES = {
    "str": str,
    "int": int,
    "float": float,
    "bool": bool,
    "ArrayOfStrings": ArrayOfStrings,
    "SpaceComma": SpaceAndCommaSeparatedArrayOfStrings,
    "JsonArray": JsonArray,
    "JsonObject": JsonObject,
    "list": list,
    "dict": dict,
}

VALUES: Dict[str, Any] = {
    "JsonArray strs": JsonArray("a", "b"),
    "JsonArray mixed": JsonArray("a", 1),
    "JsonArray empty": JsonArray(),
    "JsonObject": JsonObject({"a": 1}),
    "pylist strs": ["a", "b"],
    "pylist mixed": ["a", 1],
    "dict": {"a": 1},
    "None": None,
    "ArrayOfStrings": ArrayOfStrings(["x"]),
    'str " 7 "': " 7 ",
    'str ""': "",
}

_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def _value(label: str) -> Any:
    if label in VALUES:
        return VALUES[label]
    kind, text = label.split(" ", 1)
    return {"str": str, "int": int, "float": float, "bool": lambda word: word == "True"}[kind](text)  # type: ignore


def outcome(call: Any) -> str:
    """The type and value that a call gives, or what it raises, in the words of the recording."""
    try:
        value = call()
    except Exception as error:
        field = f" field={error.field!r}" if hasattr(error, "field") else ""  # type: ignore[attr-defined]
        return f"!! {type(error).__name__}: {error}{field}"
    return f"{type(value).__name__} {value!r}"


class GoldenConfigTest(SinkTestCase):
    """The three sections of the recording."""

    maxDiff = None

    def setUp(self) -> None:
        super().setUp()
        self.matrix, rest = golden("monitor_config.txt").split("## misc get\n")
        self.misc, self.defined = rest.split("## defined options\n")

    def test_converts_every_type_to_every_other_as_the_agent_does(self) -> None:
        cases = self.matrix.splitlines()[1:]
        self.assertEqual(len(cases), 350)
        for line in cases:
            with self.subTest(line):
                parts = re.match(r"(.*?) +-> (\w+) +: (.*)", line)
                assert parts is not None
                config = MonitorConfig({"f": _value(parts[1])})
                self.assertEqual(outcome(lambda: config.get("f", convert_to=TYPES[parts[2]])), parts[3])

    def test_gets_values_as_the_agent_does(self) -> None:
        config = MonitorConfig({"a": 5, "b": "x", "z": 0, "e": "", "n": None})
        cases = [line for line in self.misc.splitlines() if not line.startswith("list(C) ")]
        self.assertEqual(len(cases), 40)
        for line in cases:
            expression, expected = line[:60].rstrip(), line[61:]
            with self.subTest(expression):
                actual = outcome(lambda: self._evaluate(expression, config))
                self.assertEqual(_ADDRESS.sub("", actual), _ADDRESS.sub("", expected))

    def _evaluate(self, expression: str, config: MonitorConfig) -> Any:
        function = eval(f"lambda C: {expression}", {})
        if "lambda" in expression:
            # the recorded name of the function is that of a lambda at the top of a module
            return config.get("a", convert_to=eval("lambda x: x"))
        return function(config)

    def test_iterates_over_the_names_of_its_options(self) -> None:
        self.assertEqual(list(MonitorConfig({"a": 5, "b": "x"})), ["a", "b"])


class GoldenDefinedOptionsTest(SinkTestCase):
    """What declarations do to an entry when it is read."""

    maxDiff = None

    def setUp(self) -> None:
        super().setUp()
        MonitorInformation._of_module.pop("mymod", None)
        define_config_option("mymod", "req", "", required_option=True, convert_to=int, min_value=1, max_value=10)
        define_config_option("mymod", "opt", "", convert_to=int, default=5)
        define_config_option("mymod", "optf", "", convert_to=float, default=5)
        define_config_option("mymod", "nodef", "", convert_to=int)
        define_config_option("mymod", "envopt", "", convert_to=int, default=1, env_aware=True)
        define_config_option("mymod", "envname", "", convert_to=bool, env_aware=True, env_name="MY_ENV_NAME")
        define_config_option("mymod", "arr", "", convert_to=ArrayOfStrings, default="q")
        define_config_option("mymod", "arr2", "", convert_to=ArrayOfStrings)
        define_config_option("mymod", "emptydef", "", default="")

    def test_reads_entries_as_the_agent_does(self) -> None:
        lines = golden("monitor_config.txt").split("## defined options\n")[1].splitlines()
        cases = [line for line in lines if line.startswith("{")]
        self.assertEqual(len(cases), 21)
        for line in cases:
            with self.subTest(line):
                parts = re.match(r"(\{.*?\}) +env=(\{.*?\}) +(.*)", line)
                assert parts is not None
                entry = _nested(eval(parts[1]))
                with mock.patch.dict(os.environ, eval(parts[2])):
                    actual = outcome(lambda: dict(MonitorConfig(entry, monitor_module="mymod").items()))
                self.assertEqual(actual, parts[3])

    def test_says_when_the_environment_differs(self) -> None:
        recorded = golden("monitor_config.txt").split("## defined options\n")[1]
        expected = next(line for line in recorded.splitlines() if line.startswith("Conflicting"))
        with mock.patch.dict(os.environ, {"SCALYR_ENVOPT": "9"}):
            MonitorConfig({"req": 1, "envopt": 4}, monitor_module="mymod")
        self.assertEqual([without_reworded(message) for message in self.sink.messages], [without_reworded(expected)])

    def test_looks_for_any_missing_option_in_the_environment(self) -> None:
        with mock.patch.dict(os.environ, {"SCALYR_FREE": "77", "SCALYR_SAMPLE_INTERVAL": "3"}):
            self.assertEqual(MonitorConfig({}).get("free"), "77")
            self.assertEqual(MonitorConfig({}).get("sample_interval", convert_to=float), 3.0)

    def test_keeps_what_a_module_declares_in_order(self) -> None:
        MonitorInformation._of_module.pop("declared", None)
        define_config_option("declared", "req", "")
        define_metric("declared", "m1", "d", extra_fields={"a": "b"}, unit="sec", cumulative=True)
        define_metric("declared", "m1", "d2")
        define_log_field("declared", "lf", "x")
        information = MonitorInformation.get_monitor_info("declared")
        assert information is not None
        recorded = golden("monitor_config.txt").splitlines()[-1]
        fields = [field.field_name for field in information.log_fields]
        self.assertEqual(f"{information.metrics} {fields} {information.config_option('zz')}", recorded)


def _nested(content: Any) -> Any:
    return json_lib.JsonObject({name: JsonObject(v) if isinstance(v, dict) else v for name, v in content.items()})
