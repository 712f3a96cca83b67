"""Lines that wait in memory which outlives their process."""

import os
import socket
import struct
import unittest
from typing import List

from scalyr_otel_host.buffered_lines import BufferedLines
from scalyr_otel_host.line_memory import RING_BYTES, LineMemory


def frames_in(data: bytes) -> List[bytes]:
    """The lines of frames that follow each other."""
    lines = []
    while data:
        length = struct.unpack_from("<I", data)[0] & 0x7FFF_FFFF
        lines.append(data[4 : 4 + length])
        data = data[4 + length :]
    return lines


class LineMemoryTest(unittest.TestCase):
    """The ring and its counters."""

    def setUp(self) -> None:
        self.memory = LineMemory()
        self.addCleanup(self.memory.close)

    def test_gives_back_what_was_put_in_and_not_sent(self) -> None:
        self.memory.append(b"sent")
        self.memory.mark_sent(4)
        self.memory.append(b"not sent")
        self.assertEqual(self.memory.recover(), (4, b"not sent"))

    def test_has_nothing_to_give_back_when_all_is_sent(self) -> None:
        self.memory.append(b"sent")
        self.memory.mark_sent(4)
        self.assertEqual(self.memory.recover(), (4, b""))

    def test_goes_on_at_the_beginning_when_the_end_is_reached(self) -> None:
        self.memory.append(b"x" * (RING_BYTES - 2))
        self.memory.mark_sent(RING_BYTES - 2)
        self.memory.append(b"across")
        self.assertEqual(bytes(self.memory.next_unsent()), b"ac")
        self.assertEqual(self.memory.recover(), (RING_BYTES - 2, b"across"))

    def test_outlives_the_process_that_wrote_it(self) -> None:
        child = os.fork()
        if child == 0:
            self.memory.append(b"last words")
            os.kill(os.getpid(), 9)
        os.waitpid(child, 0)
        self.assertEqual(self.memory.recover(), (0, b"last words"))


class BufferedLinesTest(unittest.TestCase):
    """Lines on their way through the memory to the channel."""

    def setUp(self) -> None:
        self.ours, theirs = socket.socketpair()
        self.addCleanup(self.ours.close)
        self.addCleanup(theirs.close)
        self.memory = LineMemory()
        self.lines = BufferedLines(theirs.fileno(), self.memory)

    def test_sends_a_line_soon_when_nobody_flushes(self) -> None:
        self.lines.write(b"m 1\n", False)
        self.assertEqual(frames_in(self.ours.recv(100)), [b"m 1\n"])

    def test_sends_many_lines_at_once(self) -> None:
        for number in range(100):
            self.lines.write(b"m %d\n" % number, False)
        self.lines.flush()
        received = self.ours.recv(RING_BYTES)
        self.assertEqual(frames_in(received), [b"m %d\n" % number for number in range(100)])

    def test_keeps_the_order_around_a_line_that_is_too_long_for_the_memory(self) -> None:
        long = b"x" * (2 * RING_BYTES - 1) + b"\n"
        self.ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * RING_BYTES)
        self.lines.write(b"before\n", False)
        self.lines.write(long, False)
        self.lines.write(b"after\n", False)
        self.lines.flush()
        received = b""
        while len(received) < len(long) + len(b"before\nafter\n") + 12:
            received += self.ours.recv(RING_BYTES)
        self.assertEqual(frames_in(received), [b"before\n", long, b"after\n"])
        self.assertEqual(self.memory.recover(), (len(received), b""))

    def test_refuses_a_line_of_more_than_a_mebibyte(self) -> None:
        with self.assertRaisesRegex(ValueError, "a line may have at most 1048576"):
            self.lines.write(b"x" * 1_048_577, False)


if __name__ == "__main__":
    unittest.main()
