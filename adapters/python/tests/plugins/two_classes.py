"""A monitor, and one that is derived from it."""
from scalyr_agent import ScalyrMonitor


class Base(ScalyrMonitor):
    """The base."""

    def gather_sample(self):
        self._logger.emit_value("which", "base")


class Derived(Base):
    """Derived."""

    def gather_sample(self):
        self._logger.emit_value("which", "derived")
