"""Runs one monitor by hand: ``python3 -m scalyr_agent.run_monitor -c '{ gauss_mean: 0.5 }' my_monitor``."""

import argparse
import os
import signal
import sys
from typing import Any, List, Optional

from . import json_lib
from ._host.build_monitor import NoMonitorClass, build_monitor
from .scalyr_logging import DEBUG_LEVELS, set_log_level
from .scalyr_monitor import BadMonitorConfiguration, UnsupportedSystem

_EXIT_FAILED = 1
_EXIT_BAD_CONFIGURATION = 2


def main(arguments: Optional[List[str]] = None) -> int:
    """Runs the monitor that the arguments name until a signal comes; gives the exit code."""
    options = _parse(arguments)
    set_log_level(DEBUG_LEVELS[options.debug_level])
    try:
        monitor = _build(options)
    except (BadMonitorConfiguration, json_lib.JsonParseException) as error:
        print(f"Invalid monitor configuration: {error}", file=sys.stderr)
        return _EXIT_BAD_CONFIGURATION
    except NoMonitorClass as error:
        print(error, file=sys.stderr)
        return _EXIT_FAILED
    except (UnsupportedSystem, ImportError) as error:
        print(f'Cannot run "{options.module}": {error}', file=sys.stderr)
        return _EXIT_FAILED
    monitor.open_metric_log()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: _stop(monitor))
    monitor.start()
    while monitor.is_alive():
        monitor.join(0.2)
    monitor.join(5)
    return 0


def _parse(arguments: Optional[List[str]]) -> Any:
    parser = argparse.ArgumentParser(prog="python3 -m scalyr_agent.run_monitor", description="Run one monitor.")
    parser.add_argument("module", help="the full name of the monitor's module")
    parser.add_argument("-c", "--monitor-config", default="{}", help="the monitor's options, in Scalyr's JSON")
    parser.add_argument("-p", "--monitor-python-path", default=".", help="folders to look for the module in")
    parser.add_argument(
        "-s", "--monitor-sample-interval", type=float, default=5.0, help="seconds between samples, if not configured"
    )
    parser.add_argument(
        "-d", "--debug-level", type=int, default=0, choices=range(6), help="how much to show, 0 to 5"
    )
    return parser.parse_args(arguments)


def _build(options: Any) -> Any:
    config = json_lib.parse(options.monitor_config or "{}")
    if not isinstance(config, json_lib.JsonObject):
        raise BadMonitorConfiguration(f"wanted an object, found {options.monitor_config}", "monitor_config")
    config.put("module", options.module)
    return build_monitor(
        config,
        str(config.get("id", "")),
        default_sample_interval_secs=options.monitor_sample_interval,
        additional_python_paths=options.monitor_python_path.split(os.pathsep),
    )


def _stop(monitor: Any) -> None:
    print("Signal received, stopping monitor...", flush=True)
    monitor.stop(wait_on_join=False)


if __name__ == "__main__":
    sys.exit(main())
