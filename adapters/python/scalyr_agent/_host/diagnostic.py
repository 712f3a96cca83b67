"""A message of a plugin or of this package for the agent's log."""

from typing import NamedTuple, Optional

from .._emit.timestamp import format_time


class Diagnostic(NamedTuple):
    """What was logged, by whom and where."""

    #: Seconds since 1970.
    created: float
    #: ``DEBUG``, ``INFO``, ``WARNING``, ``ERROR`` or ``CRITICAL``.
    level: str
    #: ``core`` or ``monitor:my_monitor(1)``.
    component: str
    #: Module and line: ``my_monitor:17``.
    location: str
    message: str
    error_code: Optional[str] = None
    #: The traceback, not indented, without a final line feed.
    stack: Optional[str] = None

    def format(self) -> str:
        """The lines of the agent's log, each with its line feed; line feeds of the message stay."""
        code = "" if self.error_code is None else f'[error="{self.error_code}"] '
        start = f"{format_time(self.created)} {self.level} [{self.component}] [{self.location}] {code}"
        if self.stack is None:
            return f"{start}{self.message}\n"
        indented = "".join(f"  {line}\n" for line in self.stack.split("\n"))
        return f"{start}{self.message} :stack_trace:\n{indented}"
