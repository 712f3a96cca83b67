"""Metric lines in memory that a monitor's process shares with its launcher, so that they outlive the process."""

import mmap
from typing import Tuple

#: A page for the counters, then the ring.
_HEADER_BYTES = mmap.PAGESIZE
RING_BYTES = 64 * 1024

_COUNTER_BYTES = 8
_WRITTEN, _SENT = 0, 1


class LineMemory:
    """A ring of bytes with two counters, which only ever grow: how many were put in, and how many are sent.

    Each counter is changed by one store, after the bytes it speaks of, so whenever the process dies, what lies between
    the counters is whole. ``sent`` may be behind what really was sent: the collector knows how much it has got.
    """

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _HEADER_BYTES + RING_BYTES)
        view = memoryview(self._memory)
        self._counters = view[: 2 * _COUNTER_BYTES].cast("Q")
        self._ring = view[_HEADER_BYTES:]
        self._view = view
        self.written = 0
        self.sent = 0

    def append(self, data: bytes) -> None:
        """Puts bytes in, for which there must be room."""
        start = self.written % RING_BYTES
        end = start + len(data)
        if end <= RING_BYTES:
            self._ring[start:end] = data
        else:
            head = RING_BYTES - start
            self._ring[start:] = data[:head]
            self._ring[: end - RING_BYTES] = data[head:]
        self.written += len(data)
        self._counters[_WRITTEN] = self.written

    def next_unsent(self) -> memoryview:
        """The unsent bytes up to the end of the ring; empty when there are none."""
        start = self.sent % RING_BYTES
        return self._ring[start : min(start + self.written - self.sent, RING_BYTES)]

    def mark_sent(self, count: int) -> None:
        """So many of the unsent bytes are sent now."""
        self.sent += count
        self._counters[_SENT] = self.sent

    def skip(self, count: int) -> None:
        """So many bytes were sent without having been in here. What was put in before must be sent."""
        self._counters[_SENT] = self._counters[_WRITTEN] = self.sent = self.written = self.sent + count

    def recover(self) -> Tuple[int, bytes]:
        """For the launcher, when the process is dead: how many bytes were sent for sure, and those that follow them."""
        self.written, self.sent = self._counters
        offset, rest = self.sent, b""
        while self.sent < self.written:
            piece = self.next_unsent()
            rest += piece
            self.sent += len(piece)
        return offset, rest

    def close(self) -> None:
        """Gives the memory back."""
        self._counters.release()
        self._ring.release()
        self._view.release()
        self._memory.close()
