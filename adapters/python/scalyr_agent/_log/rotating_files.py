"""Files of a plugin's own that are rotated, and flushed at once or after a while."""

import threading
from logging.handlers import RotatingFileHandler
from typing import Any, Dict, Optional

from .formatters import MetricLogFormatter

_DEFAULT_MAX_BYTES = 20 * 1024 * 1024
_DEFAULT_BACKUP_COUNT = 2


class AutoFlushingRotatingFileHandler(RotatingFileHandler):
    """Writes records to a file, ``x.log``, and keeps those before it as ``x.log.1``, ``x.log.2``."""

    __module__ = "scalyr_agent.scalyr_logging"

    def __init__(
        self,
        filename: str,
        mode: str = "a",
        maxBytes: int = 0,
        backupCount: int = 0,
        encoding: Optional[str] = None,
        delay: bool = False,
        flushDelay: float = 0,
    ) -> None:
        """``flushDelay`` is how many seconds a record may wait in memory; 0 writes each at once."""
        self._flush_delay = flushDelay
        self._timer: Optional[threading.Timer] = None
        super().__init__(filename, mode, maxBytes, backupCount, encoding, delay)

    def set_flush_delay(self, flushDelay: float) -> None:
        """Changes how many seconds a record may wait."""
        self._flush_delay = flushDelay

    def flush(self) -> None:
        """Writes what waits: now, or when the delay is over."""
        if self._flush_delay <= 0:
            super().flush()
            return
        with self.lock or threading.RLock():
            if self._timer is None:
                self._timer = threading.Timer(self._flush_delay, self._flush_late)
                self._timer.daemon = True
                self._timer.start()

    def _flush_late(self) -> None:
        with self.lock or threading.RLock():
            self._timer = None
            super().flush()

    def close(self) -> None:
        """Writes what waits and closes the file."""
        with self.lock or threading.RLock():
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            super().flush()
            super().close()


class MetricLogHandler(AutoFlushingRotatingFileHandler):
    """Writes records as metric lines to a file of the plugin's own; handlers of one path are one."""

    __module__ = "scalyr_agent.scalyr_logging"

    _by_path: Dict[str, "MetricLogHandler"] = {}

    def __init__(
        self,
        file_path: str,
        max_bytes: int = _DEFAULT_MAX_BYTES,
        backup_count: int = _DEFAULT_BACKUP_COUNT,
        flush_delay: float = 0,
        **_options: Any,
    ) -> None:
        super().__init__(file_path, maxBytes=max_bytes, backupCount=backup_count, flushDelay=flush_delay)
        self.setFormatter(MetricLogFormatter())

    @classmethod
    def get_handler_for_path(cls, file_path: str, **options: Any) -> "MetricLogHandler":
        """The handler of that file; made by the first who asks."""
        handler = cls._by_path.get(file_path)
        if handler is None:
            handler = cls._by_path[file_path] = cls(file_path, **options)
        return handler

    def close(self) -> None:
        """Closes the file; who asks for its path next gets a new handler."""
        for path in [path for path, handler in self._by_path.items() if handler is self]:
            del self._by_path[path]
        super().close()
