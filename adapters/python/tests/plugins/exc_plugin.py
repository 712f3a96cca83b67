"""A monitor that fails in the way it is told to."""
from scalyr_agent import BadMonitorConfiguration, ScalyrMonitor, UnsupportedSystem


class Failing(ScalyrMonitor):
    def _initialize(self):
        mode = self._config.get("mode", default="")
        if mode == "bad": raise BadMonitorConfiguration("my bad config", "mode")
        if mode == "unsup": raise UnsupportedSystem("exc_plugin", "needs x")
        if mode == "exc": raise ValueError("init failed")
        self.mode, self.n = mode, 0

    def gather_sample(self):
        self.n += 1
        if self.n > 1 and self.mode == "sysexit": raise SystemExit(3)
        if self.n > 1 and self.mode == "baseexc": raise KeyboardInterrupt()
        if self.n % 2 == 0:
            raise RuntimeError("sample %d failed" % self.n)
        self._logger.emit_value("n", self.n)
