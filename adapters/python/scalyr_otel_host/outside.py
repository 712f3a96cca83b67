"""The ways out of a process for one monitor."""

import threading
import time
from typing import Any, Dict, Union

from .buffered_lines import BufferedLines
from .line_channel import LineChannel
from .message_channel import Message, MessageChannel

_MOST_DIAGNOSTICS_A_SECOND = 100
_MOST_MESSAGE_CHARACTERS = 8 * 1024
_MOST_STACK_CHARACTERS = 16 * 1024


Lines = Union[LineChannel, BufferedLines]


class Outside:
    """Where lines, messages and diagnostics of one monitor go."""

    def __init__(self, lines: Lines, messages: MessageChannel) -> None:
        self.lines = lines
        self.send = messages.send
        self.stop_listening = messages.stop_reading
        self._diagnostics = _Bound()

    def diagnose(self, level: str, message: str, created: float, **fields: Any) -> None:
        """Sends a message for the collector's log, cut to a bounded length; at most a hundred a second."""
        dropped, may_pass = self._diagnostics.take()
        if dropped:
            self._send_dropped(dropped)
        if may_pass:
            self._send_diagnostic(level, message, created, fields)

    def say_what_was_dropped(self) -> None:
        """Counts the messages that had no room, if there were any and it has not been said yet."""
        dropped = self._diagnostics.take_dropped()
        if dropped:
            self._send_dropped(dropped)

    def _send_dropped(self, dropped: int) -> None:
        what = "1 message" if dropped == 1 else f"{dropped} messages"
        text = f"Dropped {what}: at most {_MOST_DIAGNOSTICS_A_SECOND} are taken in a second"
        self._send_diagnostic("warn", text, time.time(), {})

    def _send_diagnostic(self, level: str, message: str, created: float, fields: Dict[str, Any]) -> None:
        diagnostic: Message = {
            "type": "diagnostic",
            "level": level,
            "message": shorten(message, _MOST_MESSAGE_CHARACTERS),
            "timeMs": int(created * 1000),
        }
        diagnostic.update((name, value) for name, value in fields.items() if value is not None)
        if "stack" in diagnostic:
            diagnostic["stack"] = shorten(diagnostic["stack"], _MOST_STACK_CHARACTERS)
        self.send(diagnostic)


class _Bound:
    """Counts messages by the second."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._window_start = float("-inf")
        self._passed = 0
        self._dropped = 0

    def take(self) -> "tuple[int, bool]":
        """How many were dropped in a window that is over, and whether one more may pass now."""
        with self._lock:
            dropped = 0
            now = time.monotonic()
            if now - self._window_start >= 1:
                self._window_start, self._passed = now, 0
                dropped, self._dropped = self._dropped, 0
            self._passed += 1
            may_pass = self._passed <= _MOST_DIAGNOSTICS_A_SECOND
            if not may_pass:
                self._dropped += 1
            return dropped, may_pass

    def take_dropped(self) -> int:
        """How many were dropped since this was last asked."""
        with self._lock:
            dropped, self._dropped = self._dropped, 0
            return dropped


def shorten(text: str, length: int) -> str:
    """Cuts ``text`` and says how many characters are missing."""
    return text if len(text) <= length else f"{text[:length]}… ({len(text) - length} more characters)"
