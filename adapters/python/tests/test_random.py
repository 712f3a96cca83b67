"""Random values: against the rules of the format, against orjson and against a real agent where one can be imported.

``SCALYR_AGENT_SOURCE`` names the folder that holds a real scalyr_agent package; without it that comparison is skipped.
"""

import json
import math
import os
import random
import struct
import subprocess
import sys
import unittest
from typing import Any, List

from scalyr_agent import json_lib
from scalyr_agent._emit.json_text import encode_float, encode_json
from scalyr_agent._emit.signal import is_log_line
from scalyr_agent.scalyr_monitor import MonitorConfig

from .support import HERE, SinkTestCase, make_monitor

_SEED = 20231114
_CHARACTERS = "ab1_.-+ \"\\\n\t\x00\x7fé漢😀\u2028=,[]{}()$%"
_ENDPOINTS = [0.0, -0.0, 1e-5, 9.999999e-6, 1e16, 9999999999999998.0, 1e22, 5e-324, 1.7976931348623157e308]


def random_text(random_numbers: random.Random) -> str:
    """Up to eight characters, many of them awkward."""
    return "".join(random_numbers.choice(_CHARACTERS) for _ in range(random_numbers.randrange(9)))


def random_name(random_numbers: random.Random) -> str:
    """A text without the one line feed that may end a name: it splits the line, which the recordings cover."""
    return random_text(random_numbers).rstrip("\n")


def random_value(random_numbers: random.Random) -> Any:
    """A value that can be emitted."""
    kind = random_numbers.randrange(5)
    if kind == 0:
        return random_numbers.choice([True, False])
    if kind == 1:
        return random_numbers.randrange(-(2**70), 2**70) >> random_numbers.randrange(70)
    if kind == 2:
        return random_text(random_numbers)
    return random_float(random_numbers)


def random_float(random_numbers: random.Random) -> float:
    """Any finite bit pattern, or a number near the borders of the notation."""
    if random_numbers.randrange(2):
        near_border = random_numbers.uniform(-1, 1) * 10 ** random_numbers.randint(-8, 18)
        return random_numbers.choice([*_ENDPOINTS, near_border])
    value: float = struct.unpack("<d", struct.pack("<Q", random_numbers.getrandbits(64)))[0]
    return value if math.isfinite(value) else 0.5


def random_calls(count: int) -> List[Any]:
    """Calls of emit_value: name, value, extra fields."""
    random_numbers = random.Random(_SEED)
    calls = []
    for _ in range(count):
        fields = {random_name(random_numbers): random_value(random_numbers) for _ in range(random_numbers.randrange(4))}
        calls.append([random_name(random_numbers), random_value(random_numbers), fields])
    return calls


class RandomTest(SinkTestCase):
    """Rules that hold for every value."""

    def test_a_float_reads_back_as_itself_in_the_notation_of_its_size(self) -> None:
        random_numbers = random.Random(_SEED)
        for value in _ENDPOINTS + [random_float(random_numbers) for _ in range(5000)]:
            text = encode_float(value)
            self.assertEqual(struct.pack("<d", float(text)), struct.pack("<d", value), text)
            has_exponent = value != 0 and not 1e-5 <= abs(value) < 1e16
            self.assertRegex(text, r"^-?\d(\.\d+)?e-?[1-9]\d*$" if has_exponent else r"^-?\d+\.\d+$")

    def test_a_value_and_its_fields_are_one_line_of_the_signal_of_its_type(self) -> None:
        logger = make_monitor()._logger
        for name, value, fields in random_calls(3000):
            logger.emit_value(name, value, fields)
            line = self.sink.lines[-1]
            self.assertTrue(line.endswith("\n"))
            self.assertNotIn("\n", line[:-1])
            self.assertEqual(self.sink.written[-1][2], isinstance(value, str))
            self.assertEqual(is_log_line(line), isinstance(value, str), line)

    def test_json_that_was_written_reads_back(self) -> None:
        for name, value, fields in random_calls(2000):
            document = {"value": value, "list": [name, None], "fields": fields}
            self.assertEqual(json.loads(encode_json(document)), document)

    def test_writes_what_orjson_writes(self) -> None:
        try:
            import orjson
        except ImportError:
            self.skipTest("orjson is not installed")
        for _, value, fields in random_calls(3000):
            for part in [value, *fields.values()]:
                if isinstance(part, bool) or not isinstance(part, int) or -(2**63) <= part < 2**64:
                    self.assertEqual(encode_json(part).encode(), orjson.dumps(part))


@unittest.skipUnless(os.environ.get("SCALYR_AGENT_SOURCE"), "SCALYR_AGENT_SOURCE names no real agent")
class RealAgentTest(SinkTestCase):
    """The same calls in a real agent, in a process of its own."""

    def ask_agent(self, questions: Any) -> Any:
        """What the real agent answers to the calls."""
        program = os.path.join(HERE, "ask_real_agent.py")
        source = os.environ["SCALYR_AGENT_SOURCE"]
        command = [sys.executable, program, source]
        answer = subprocess.run(command, input=json.dumps(questions), stdout=subprocess.PIPE, check=True, text=True)
        return json.loads(answer.stdout.splitlines()[-1])

    def test_emits_the_same_lines(self) -> None:
        calls = random_calls(3000)
        logger = make_monitor()._logger
        for call in calls:
            logger.emit_value(*call)
        theirs = self.ask_agent({"emit": calls})
        ours = [line.split("()] ", 1)[1] for line in self.sink.lines]
        self.assertEqual(ours, [line.split("()] ", 1)[1] for line in theirs])

    def test_converts_options_the_same_way(self) -> None:
        questions = [[value, name] for _, value, _ in random_calls(1000) for name in ["str", "int", "float", "bool"]]
        types = {"str": str, "int": int, "float": float, "bool": bool}
        ours = [
            _outcome(lambda: MonitorConfig({"f": value}).get("f", convert_to=types[name]))  # noqa: B023
            for value, name in questions
        ]
        self.assertEqual(ours, self.ask_agent({"convert": questions}))

    def test_reads_json_the_same_way(self) -> None:
        random_numbers = random.Random(_SEED)
        pieces = [*'{}[]:,+a1 \n', '"b"', "-2.5e3", "true", "null", "//c\n", "/*c*/"]
        texts = ["".join(random_numbers.choices(pieces, k=random_numbers.randrange(1, 12))) for _ in range(3000)]
        ours = [_outcome(lambda: json_lib.parse(text)) for text in texts]
        self.assertEqual(ours, self.ask_agent({"parse": texts}))


def _outcome(call: Any) -> str:
    try:
        return repr(call())
    except Exception as error:
        return f"{type(error).__name__}: {error}"
