"""A monitor with a second base class."""
from scalyr_agent import ScalyrMonitor


class Mixin(object):
    def what(self):
        return "mixed"


class Mixed(Mixin, ScalyrMonitor):
    def gather_sample(self):
        self._logger.emit_value("which", self.what())
