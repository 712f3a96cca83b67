"""Formatters for handlers that a plugin makes itself."""

import logging

from .._emit.timestamp import format_time
from .diagnostic_handler import to_diagnostic
from .logger_name import parse_logger_name


class BaseFormatter(logging.Formatter):
    """Formats a record as the agent's log does."""

    __module__ = "scalyr_agent.scalyr_logging"

    def __init__(self, fmt: str = "%(message)s", format_name: str = "") -> None:
        """``format_name`` tells formatters apart in messages."""
        super().__init__(fmt)
        self.format_name = format_name

    def format(self, record: logging.LogRecord) -> str:
        """The lines of the record, without the last line feed."""
        return to_diagnostic(record).format()[:-1]

    def formatTime(self, record: logging.LogRecord, datefmt: object = None) -> str:
        """``2014-07-29 20:22:06.789Z``, whatever ``datefmt`` says."""
        return format_time(record.created)


class AgentLogFormatter(BaseFormatter):
    """What ``agent.log`` is written with."""

    __module__ = "scalyr_agent.scalyr_logging"


class MetricLogFormatter(BaseFormatter):
    """Formats a record as a line of a metric log."""

    __module__ = "scalyr_agent.scalyr_logging"

    def format(self, record: logging.LogRecord) -> str:
        """``2014-07-29 20:22:06.789Z [my_monitor(1)] message``, without the last line feed."""
        name = parse_logger_name(record.name).monitor_name or record.name
        return f"{self.formatTime(record)} [{name}] {record.getMessage()}"
