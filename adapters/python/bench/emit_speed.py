"""What emitting a value and importing the package cost: ``python3 adapters/python/bench/emit_speed.py``."""

import os
import subprocess
import sys
import time
from typing import Any, Callable

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from scalyr_agent._host import sink  # noqa: E402
from scalyr_agent._host.diagnostic import Diagnostic  # noqa: E402
from scalyr_agent.scalyr_logging import getLogger  # noqa: E402
from scalyr_agent.scalyr_monitor import ScalyrMonitor  # noqa: E402

VALUES = 200_000
ROUNDS = 5

IMPORTS = "from scalyr_agent import ScalyrMonitor, define_config_option, define_metric"


class NullSink(sink.Sink):
    """Takes lines and forgets them."""

    def write_line(self, monitor: Any, line: bytes, is_log: bool) -> None:
        """Does nothing, as fast as possible."""

    def write_diagnostic(self, diagnostic: Diagnostic) -> None:
        """Does nothing."""


def cpu_per_value(emit: Callable[[int], None]) -> float:
    """Microseconds of CPU for each value, in the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        for number in range(VALUES):
            emit(number)
        best = min(best, time.process_time() - started)
    return best / VALUES * 1e6


def resident_mib(code: str) -> float:
    """Resident memory of a fresh interpreter after some code, in MiB."""
    program = f"{code}\nprint(next(line for line in open('/proc/self/status') if line.startswith('VmRSS')).split()[1])"
    environment = dict(os.environ, PYTHONPATH=os.path.dirname(HERE))
    output = subprocess.run(
        [sys.executable, "-s", "-c", program], env=environment, stdout=subprocess.PIPE, check=True, text=True
    ).stdout
    return int(output.strip()) / 1024


def import_ms(code: str) -> float:
    """Milliseconds that some imports take in a fresh interpreter, the best of some rounds."""
    program = f"import time; t = time.perf_counter()\n{code}\nprint((time.perf_counter() - t) * 1000)"
    environment = dict(os.environ, PYTHONPATH=os.path.dirname(HERE))
    run = [sys.executable, "-s", "-c", program]
    best = float("inf")
    for _ in range(ROUNDS):
        result = subprocess.run(run, env=environment, stdout=subprocess.PIPE, check=True, text=True)
        best = min(best, float(result.stdout))
    return best


def main() -> None:
    """Prints the figures."""
    sink.install(NullSink())
    logger = getLogger("speed(1)")
    monitor = ScalyrMonitor({"module": "speed", "id": "1"}, logger)
    monitor.open_metric_log()
    emit = logger.emit_value
    print(f"Python {sys.version.split()[0]}")
    whole = cpu_per_value(lambda n: emit("requests", n, {"host": "web-1", "port": 8080}))
    fraction = cpu_per_value(lambda n: emit("load", n / 7, {"host": "web-1", "port": 8080}))
    alone = cpu_per_value(lambda n: emit("requests", n))
    print(f"int, two fields     {whole:6.2f} µs")
    print(f"float, two fields   {fraction:6.2f} µs")
    print(f"int, no fields      {alone:6.2f} µs")
    print(f"import, no plugin   {import_ms(IMPORTS):6.1f} ms")
    print(f"memory, bare        {resident_mib('pass'):6.1f} MiB")
    print(f"memory, imported    {resident_mib(IMPORTS):6.1f} MiB")


if __name__ == "__main__":
    main()
