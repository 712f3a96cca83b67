"""What a monitor raises when it cannot be run."""


class BadMonitorConfiguration(Exception):
    """An option of the monitor is wrong: missing, out of range, of the wrong type."""

    __module__ = "scalyr_agent.scalyr_monitor"

    def __init__(self, message: str, field: str) -> None:
        """``field`` is the name of the option."""
        super().__init__(message)
        self.message = message
        self.field = field


class UnsupportedSystem(Exception):
    """The monitor cannot run on this machine."""

    __module__ = "scalyr_agent.scalyr_monitor"

    def __init__(self, monitor_name: str, message: str) -> None:
        """``message`` says what the machine lacks."""
        super().__init__(message)
        self.monitor_name = monitor_name
        self.message = message
