"""Hands log records over to the sink."""

import logging
from typing import Optional

from .._host import sink
from .._host.diagnostic import Diagnostic
from .caller import module_name_of
from .levels import level_name
from .logger_name import parse_logger_name

_traceback_formatter = logging.Formatter()


class DiagnosticHandler(logging.Handler):
    """Stands at the root of all loggers, so what libraries log is seen too."""

    def emit(self, record: logging.LogRecord) -> None:
        """Hands the record over; what goes wrong is reported as logging does it."""
        try:
            diagnostic = to_diagnostic(record)
            out = sink.current()
            out.write_diagnostic(diagnostic)
            if getattr(record, "force_stdout", False) and not out.shows_diagnostics:
                print(diagnostic.format(), end="", flush=True)
        except Exception:
            self.handleError(record)


def to_diagnostic(record: logging.LogRecord) -> Diagnostic:
    """The record as the agent's log shows it."""
    return Diagnostic(
        created=record.created,
        level=level_name(record.levelno),
        component=parse_logger_name(record.name).component,
        location=f"{module_name_of(record.pathname)}:{record.lineno}",
        message=record.getMessage(),
        error_code=getattr(record, "error_code", None),
        stack=_stack_of(record),
    )


def _stack_of(record: logging.LogRecord) -> Optional[str]:
    parts = []
    if record.exc_info and record.exc_info[0] is not None:
        parts.append(_traceback_formatter.formatException(record.exc_info))
    if record.stack_info:
        parts.append(record.stack_info)
    return "\n".join(parts) if parts else None


_attached: Optional[DiagnosticHandler] = None


def attach_to_root() -> None:
    """Sees to it that whatever is logged at INFO and above reaches the sink. Does so once."""
    global _attached
    if _attached is not None:
        return
    _attached = DiagnosticHandler()
    root = logging.getLogger()
    root.addHandler(_attached)
    if root.level == logging.WARNING:
        root.setLevel(logging.INFO)


def set_log_level(level: int, logger_name: str = "") -> None:
    """Shows messages of ``level`` and above, of one logger or of all."""
    attach_to_root()
    logging.getLogger(logger_name).setLevel(level)
