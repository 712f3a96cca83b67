"""A monitor whose base class has another name here."""
from scalyr_agent import ScalyrMonitor as SM


class MyM(SM):
    def gather_sample(self):
        self._logger.emit_value("which", "MyM")
