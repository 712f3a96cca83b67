"""Metric lines on their way out of a process that a launcher watches over."""

import os
import threading
import time

from .line_channel import encode_frame, write_all
from .line_memory import RING_BYTES, LineMemory
from .lost_channel import end_if_lost

#: So much may wait, and not longer than this, unless a sample is over before.
_MOST_WAITING_BYTES = RING_BYTES // 2
_LONGEST_WAIT_SECS = 0.005

_NO_FD = -1


class BufferedLines:
    """Gathers lines in shared memory and sends many at once.

    A line that ``write`` has returned from is not lost, however the process ends: what is not sent by then, the launcher
    sends. One write for each line would do as much, at several times the cost on both sides.
    """

    def __init__(self, fd: int, memory: LineMemory) -> None:
        self._fd = fd
        self._memory = memory
        self._lock = threading.Lock()
        self._someone_waits = threading.Event()
        self._is_flush_due = False
        os.register_at_fork(after_in_child=self._forget)
        threading.Thread(target=self._flush_when_due, name="lines", daemon=True).start()

    def write(self, line: bytes, is_log: bool) -> None:
        """Blocks while the channel is full. Raises ValueError for a line that is too long, OSError when nobody reads."""
        frame = encode_frame(line, is_log)
        with self._lock:
            memory = self._memory
            if len(frame) > RING_BYTES - (memory.written - memory.sent):
                self._send()
            if len(frame) > RING_BYTES:
                self._send_long(frame)
                return
            memory.append(frame)
            if memory.written - memory.sent >= _MOST_WAITING_BYTES:
                self._send()
            elif not self._is_flush_due:
                self._is_flush_due = True
                self._someone_waits.set()

    def flush(self) -> None:
        """Sends what waits, unless the collector is gone."""
        with self._lock:
            try:
                self._send()
            except BrokenPipeError:
                pass

    def _send(self) -> None:
        memory = self._memory
        if self._fd == _NO_FD:
            raise OSError("Cannot emit from a process that the plugin has forked: emit from the one that it lives in")
        try:
            while memory.sent < memory.written:
                memory.mark_sent(os.write(self._fd, memory.next_unsent()))
        except OSError as error:
            end_if_lost(error)
            raise

    def _send_long(self, frame: bytes) -> None:
        """Past the memory, which is too small for it. Nothing of a line that is not sent completely will be kept."""
        write_all(self._fd, frame)
        self._memory.skip(len(frame))

    def _flush_when_due(self) -> None:
        while True:
            self._someone_waits.wait()
            self._someone_waits.clear()
            time.sleep(_LONGEST_WAIT_SECS)
            self._is_flush_due = False
            self.flush()

    def _forget(self) -> None:
        """In a process that the plugin has forked: the memory and the channel stay with its parent."""
        self._memory = LineMemory()
        self._lock = threading.Lock()
        try:
            os.close(self._fd)
        except OSError:
            pass
        self._fd = _NO_FD
