"""emit_value against what the real agent wrote for the same calls."""

import json
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Any, Dict

from .deliberate_differences import without_place, without_reworded
from .support import SinkTestCase, golden, make_monitor, without_times


class _Three(IntEnum):
    A = 3


class _Text(str):
    """A subclass of str."""


def _value(text: str, label: str) -> Any:
    """The value that was recorded by its repr."""
    if label == "IntEnum" and text.startswith("<"):
        return _Three.A
    value = eval(text, {"nan": float("nan"), "inf": float("inf"), "Decimal": Decimal, "Fraction": Fraction})
    return _Text(value) if label == "str subclass" and value == "sub" else value


class GoldenEmitTest(SinkTestCase):
    """87 calls of emit_value, byte for byte."""

    maxDiff = None

    def test_writes_the_bytes_of_the_agent(self) -> None:
        cases = json.loads(golden("emit/orjson.json"))
        self.assertEqual(len(cases), 87)
        for case in cases:
            with self.subTest(case["label"]):
                self.setUp()
                self._check(case)

    def _check(self, case: Dict[str, Any]) -> None:
        monitor = make_monitor(metric_name_blacklist=["blocked", "sa_1blocked"])
        arguments = [_value(text, case["label"]) for text in case["args"]]
        options = {name: _value(text, case["label"]) for name, text in case["kwargs"].items()}
        options.setdefault("timestamp", 1700000000123)
        error = None
        try:
            monitor._logger.emit_value(*arguments, **options)
        except Exception as raised:
            error = f"{type(raised).__name__}: {raised}"
        written = "".join(self.sink.lines)
        if case["metric_bytes"].startswith("<NOW>"):
            written = without_times(written).replace("<TS>", "<NOW>")
        self.assertEqual(error, case["error"])
        self.assertEqual(written, case["metric_bytes"])
        self.assertEqual(monitor.reported_lines(), 1 if case["metric_bytes"] else 0)
        if case["metric_hex"] is not None:
            self.assertEqual(self.sink.written[0][1].hex(), case["metric_hex"])
        self._check_messages(case["agent_log"])

    def _check_messages(self, recorded: str) -> None:
        """The recorded calls had one logger, which warns of each thing once a day; here each call has its own."""
        if not recorded:
            return
        said = self.sink.diagnostics[-1].format()
        self.assertEqual(
            without_place(without_reworded(without_times(said))), without_place(without_reworded(recorded))
        )
