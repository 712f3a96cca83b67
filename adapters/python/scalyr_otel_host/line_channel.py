"""Metric lines on their way out of a process that the collector has started itself."""

import os
import struct
import threading

#: Longest line, with its final line feed.
MAX_LINE_BYTES = 1024 * 1024

_LOG_BIT = 0x8000_0000
_pack_header = struct.Struct("<I").pack


class LineChannel:
    """Writes each line as a frame before it returns, so that a process that dies has lost nothing it has emitted."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._lock = threading.Lock()

    def write(self, line: bytes, is_log: bool) -> None:
        """Blocks while the channel is full. Raises ValueError for a line that is too long, OSError when nobody reads."""
        frame = encode_frame(line, is_log)
        with self._lock:
            write_all(self._fd, frame)

    def flush(self) -> None:
        """Hands over what still waits in the process: nothing, here."""


def encode_frame(line: bytes, is_log: bool) -> bytes:
    """Four bytes, little endian, with the length and the signal of the line; then the line."""
    length = len(line)
    if length > MAX_LINE_BYTES:
        raise ValueError(
            f"Cannot emit a line of {length} bytes: a line may have at most {MAX_LINE_BYTES}; emit a shorter text"
        )
    return _pack_header(length | _LOG_BIT if is_log else length) + line


def write_all(fd: int, data: bytes) -> None:
    """Blocks until all of it is written."""
    written = os.write(fd, data)
    while written < len(data):
        written += os.write(fd, memoryview(data)[written:])
