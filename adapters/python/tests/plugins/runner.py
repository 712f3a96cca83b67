"""A monitor that overrides run, and fails at its end."""
from scalyr_agent import ScalyrMonitor


class Runner(ScalyrMonitor):
    def run(self):
        i = 0
        while not self._is_thread_stopped():
            i += 1
            self._logger.emit_value("i", i)
            self._sleep_but_awaken_if_stopped(0.1)
        raise RuntimeError("run died")
