"""Logging for monitors: ``getLogger``, the levels of debugging, and what values and messages are written with."""

from typing import Any

from ._emit.unsupported_value_type import UnsupportedValueType
from ._host.missing_names import missing_name
from ._log.agent_logger import AgentLogger, get_logger
from ._log.diagnostic_handler import set_log_level
from ._log.formatters import AgentLogFormatter, BaseFormatter, MetricLogFormatter
from ._log.levels import (
    DEBUG_LEVEL_0,
    DEBUG_LEVEL_1,
    DEBUG_LEVEL_2,
    DEBUG_LEVEL_3,
    DEBUG_LEVEL_4,
    DEBUG_LEVEL_5,
    DEBUG_LEVELS,
)

__all__ = [
    "AgentLogFormatter",
    "AgentLogger",
    "AutoFlushingRotatingFileHandler",
    "BaseFormatter",
    "DEBUG_LEVELS",
    "DEBUG_LEVEL_0",
    "DEBUG_LEVEL_1",
    "DEBUG_LEVEL_2",
    "DEBUG_LEVEL_3",
    "DEBUG_LEVEL_4",
    "DEBUG_LEVEL_5",
    "MetricLogFormatter",
    "MetricLogHandler",
    "UnsupportedValueType",
    "getLogger",
    "set_log_level",
]

getLogger = get_logger


def __getattr__(name: str) -> Any:
    """Files that rotate are loaded when they are asked for: few plugins write any."""
    if name in ("AutoFlushingRotatingFileHandler", "MetricLogHandler"):
        from ._log import rotating_files

        return getattr(rotating_files, name)
    raise missing_name(__name__, name)
