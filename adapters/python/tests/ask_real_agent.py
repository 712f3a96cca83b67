"""Runs calls in a real Scalyr agent, whose folder is the argument: the calls come on stdin, the answers go to stdout."""

import json
import os
import sys
import tempfile
from typing import Any, List

sys.path.insert(0, sys.argv[1])
if os.path.isdir(os.path.join(sys.argv[1], "scalyr_agent", "third_party")):
    sys.path.append(os.path.join(sys.argv[1], "scalyr_agent", "third_party"))

from scalyr_agent import json_lib, scalyr_logging, util  # noqa: E402
from scalyr_agent.scalyr_monitor import MonitorConfig, ScalyrMonitor  # noqa: E402


def emit(calls: Any) -> List[str]:
    """The lines that the agent writes."""
    util.set_json_lib("orjson")
    folder = tempfile.mkdtemp()
    logger = scalyr_logging.getLogger("my_monitor()")
    config = {"module": "my_monitor", "id": "", "monitor_log_write_rate": -1, "monitor_log_max_write_burst": -1}
    monitor = ScalyrMonitor(config, logger)
    monitor.log_config["path"] = os.path.join(folder, "my_monitor.log")
    monitor.open_metric_log()
    for name, value, fields in calls:
        logger.emit_value(name, value, extra_fields=fields)
    monitor.close_metric_log()
    with open(monitor.log_config["path"], encoding="utf-8", newline="") as file:
        return [line + "\n" for line in file.read().split("\n")[:-1]]


def outcome(call: Any) -> str:
    """The repr of what a call gives, or what it raises."""
    try:
        return repr(call())
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def plain(value: Any) -> Any:
    """The value made of dicts and lists."""
    if isinstance(value, json_lib.JsonObject):
        return {name: plain(member) for name, member in value.items()}
    return [plain(item) for item in value] if isinstance(value, json_lib.JsonArray) else value


questions = json.load(sys.stdin)
types = {"str": str, "int": int, "float": float, "bool": bool}
answers: Any = None
if "emit" in questions:
    answers = emit(questions["emit"])
elif "convert" in questions:
    answers = [
        outcome(lambda: MonitorConfig({"f": value}).get("f", convert_to=types[name]))  # noqa: B023
        for value, name in questions["convert"]
    ]
else:
    answers = [outcome(lambda: plain(json_lib.parse(text))) for text in questions["parse"]]
print(json.dumps(answers))
