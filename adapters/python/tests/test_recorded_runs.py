"""Every line that the agent's own monitors wrote, emitted again by way of our logger."""

import json
import os
import re
from typing import Any, Dict, Tuple

from scalyr_agent.scalyr_logging import getLogger
from scalyr_agent.scalyr_monitor import ScalyrMonitor

from .support import GOLDEN, SinkTestCase, golden

_LINE = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z \[(\w+)\((\w*)\)\] (.*)$", re.MULTILINE)
_FIELD = re.compile(r' ([\w.\-]+)=("(?:[^"\\]|\\.)*"|\S+)')


def _taken_apart(content: str) -> Tuple[str, Any, Dict[str, Any]]:
    """Name, value and fields of a line whose parts are JSON."""
    name, rest = content.split(" ", 1)
    value, end = json.JSONDecoder().raw_decode(rest)
    return name, value, {field: json.loads(text) for field, text in _FIELD.findall(rest[end:])}


class RecordedRunsTest(SinkTestCase):
    """20 runs of built-in monitors."""

    def test_the_values_of_the_built_in_monitors_come_out_as_they_did(self) -> None:
        lines = 0
        for name in sorted(os.listdir(os.path.join(GOLDEN, "monitors"))):
            emits = name != "linux_system_metrics.txt"
            for module, monitor_id, content in _LINE.findall(golden(f"monitors/{name}")):
                monitor = ScalyrMonitor({"module": module, "id": monitor_id}, getLogger(f"{module}({monitor_id})"))
                monitor.open_metric_log()
                if emits:
                    value_name, value, fields = _taken_apart(content)
                    monitor._logger.emit_value(value_name, value, fields)
                else:
                    monitor._logger.info(content, metric_log_for_monitor=monitor)
                self.assertEqual(self.sink.contents[-1], f"[{module}({monitor_id})] {content}")
                self.sink.written.clear()
                lines += 1
        self.assertEqual(lines, 912)
