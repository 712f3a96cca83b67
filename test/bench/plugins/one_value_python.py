from scalyr_agent import ScalyrMonitor


class OneValue(ScalyrMonitor):
    """The least that a plugin can be."""

    def gather_sample(self):
        self._logger.emit_value("value", 1)
