"""The logger that plugins get."""

import logging
import sys
from typing import Any, Mapping, Optional

from .._emit.names import legal_name
from .caller import find_caller
from .diagnostic_handler import attach_to_root
from .logger_name import parse_logger_name
from .once_limit import OnceLimit
from .value_writer import ValueWriter, write_text_line


_NOT_OPEN = "Cannot report metric values until metric log file is opened."


class AgentLogger(logging.Logger):
    """A logger that also takes values: ``logger.emit_value("requests", 512, extra_fields={"host": "web-1"})``.

    All ways of logging take these keywords besides those of ``logging``:

    - ``error_code``: a word to search for, as ``client/badMetricName``;
    - ``emit_to_metric_log=True``: write the message, as it is, to the monitor's metric log instead;
    - ``metric_log_for_monitor``: the same, to the metric log of that monitor;
    - ``error_for_monitor``: count an error for that monitor rather than for the logger's own;
    - ``limit_once_per_x_secs`` with ``limit_key``: log messages of the same key at most once in so many seconds;
    - ``force_stdout``: show the message on the console too.
    """

    __module__ = "scalyr_agent.scalyr_logging"

    _writer: Optional[ValueWriter] = None

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._name_parts = parse_logger_name(name)
        self._limit = OnceLimit()

    @classmethod
    def adopt(cls, logger: logging.Logger) -> "AgentLogger":
        """Turns a logger that a library has made into one of ours, in place."""
        logger.__class__ = cls
        assert isinstance(logger, cls)
        logger._name_parts = parse_logger_name(logger.name)
        logger._limit = OnceLimit()
        return logger

    @property
    def component(self) -> str:
        """``core``, or ``monitor:`` and the name of the monitor."""
        return self._name_parts.component

    @property
    def monitor_name(self) -> Optional[str]:
        """``my_monitor(1)``; None for a logger of ``core``."""
        return self._name_parts.monitor_name

    def emit_value(
        self,
        metric_name: str,
        metric_value: Any,
        extra_fields: Optional[Mapping[str, Any]] = None,
        monitor: Any = None,
        monitor_id_override: Optional[str] = None,
        timestamp: Optional[float] = None,
    ) -> None:
        """Writes a value, and extra fields that describe it, as one line of the metric log.

        A name that is not legal is made so. The value is a string, a number or a bool, and so is each extra field.
        ``timestamp`` is in milliseconds since 1970; without it, or with 0, the line has the present time.
        ``monitor_id_override`` takes the place of the monitor's id. Raises UnsupportedValueType.
        """
        writer = self._writer
        if writer is None:
            raise Exception(_NOT_OPEN)
        writer.emit(metric_name, metric_value, extra_fields, timestamp, monitor_id_override, monitor)

    def emit_values(self, metric_values: Mapping[str, Any], monitor: Any = None) -> None:
        """Writes several values as one line of free text, ``a=1 b=x``. Deprecated: ``emit_value`` can be searched."""
        if self._writer is None:
            raise Exception(_NOT_OPEN)
        self._writer.emit_values(metric_values, monitor)

    report_values = emit_values

    def openMetricLogForMonitor(self, path: str, monitor: Any, **_options: Any) -> None:
        """Lets values through from now on. Where they are kept, how many and how long is the collector's work."""
        name = self.monitor_name or self.name
        self._writer = ValueWriter(self, monitor, name=name, base=self._name_parts.monitor_base or name)

    def closeMetricLog(self) -> None:
        """Lets no more values through."""
        self._writer = None

    def warn(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Same as ``warning``, without a complaint about its age."""
        self.warning(msg, *args, **kwargs)

    @staticmethod
    def force_valid_metric_or_field_name(name: str, is_metric: bool = True, logger: Any = None) -> str:
        """The name that a metric, or a field, is written under."""
        legal = legal_name(name)
        if logger is not None and legal != name:
            kind, code = ("metric", "client/badMetricName") if is_metric else ("field", "client/badFieldName")
            logger.warning(
                f'Invalid {kind} name "{name}": written as "{legal}"',
                error_code=code,
                limit_once_per_x_secs=86_400,
                limit_key=f"bad-{kind}-name",
            )
        return legal

    def _log(  # type: ignore[override]
        self,
        level: int,
        msg: Any,
        args: Any,
        exc_info: Any = None,
        extra: Any = None,
        stack_info: bool = False,
        stacklevel: int = 1,
        *,
        error_code: Optional[str] = None,
        emit_to_metric_log: bool = False,
        metric_log_for_monitor: Any = None,
        error_for_monitor: Any = None,
        limit_once_per_x_secs: Optional[float] = None,
        limit_key: Optional[str] = None,
        force_stdout: bool = False,
    ) -> None:
        """Where every way of logging ends, once its level is let through."""
        if not self._is_due(limit_once_per_x_secs, limit_key):
            return
        caller = find_caller(stacklevel)
        record = self.makeRecord(
            self.name, level, caller.path, caller.line, msg, args, _exc_info(exc_info), caller.function, extra, None
        )
        record.msg, record.args = record.getMessage(), None
        if emit_to_metric_log or metric_log_for_monitor is not None:
            self._log_to_metric_log(record.msg, metric_log_for_monitor)
            return
        if stack_info:
            record.stack_info = super().findCaller(stack_info)[3]
        record.error_code = error_code
        record.force_stdout = force_stdout
        self._count_error(level, error_for_monitor)
        self.handle(record)

    def _is_due(self, secs: Optional[float], key: Optional[str]) -> bool:
        if secs is None and key is None:
            return True
        if key is None:
            raise Exception("You must specify a limit key if you specify limit_once_per_x_secs")
        if secs is None:
            raise Exception("You cannot set a limit key if you did not specify limit_once_per_x_secs")
        return self._limit.allows(key, secs)

    def _log_to_metric_log(self, text: str, monitor: Any) -> None:
        if monitor is not None:
            write_text_line(monitor, getattr(monitor, "monitor_name", None) or self.monitor_name or self.name, text)
        elif self._writer is None:
            raise Exception("You cannot set emit_to_metric_log=True on a non-monitor logger instance")
        else:
            self._writer.emit_text(text)

    def _count_error(self, level: int, monitor: Any) -> None:
        if monitor is None and self._writer is not None:
            monitor = self._writer.monitor
        if level >= logging.ERROR and monitor is not None:
            monitor.increment_counter(errors=1)


def _exc_info(exc_info: Any) -> Any:
    """What ``logging`` allows for it, an exception and True included, as the three parts."""
    if not exc_info:
        return None
    if isinstance(exc_info, BaseException):
        return type(exc_info), exc_info, exc_info.__traceback__
    if isinstance(exc_info, tuple):
        return exc_info
    return sys.exc_info()


def get_logger(name: str) -> AgentLogger:
    """The logger of that name: ``my_monitor(1)`` for a monitor, ``__name__`` for a module."""
    attach_to_root()
    logger = logging.getLogger(name)
    return logger if isinstance(logger, AgentLogger) else AgentLogger.adopt(logger)
