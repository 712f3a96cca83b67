"""A plugin that closes descriptors which are not its own: the process says by its exit code why it had to end."""

import os
import socket
import unittest
from typing import Callable

from scalyr_otel_host import lost_channel
from scalyr_otel_host.message_channel import MessageChannel, wait_for_end


def exit_code_of(work: Callable[[], object]) -> int:
    """How a fork of this process ends that does ``work``; 0 when that returns."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    return os.WEXITSTATUS(status)


class LostChannelTest(unittest.TestCase):
    def setUp(self) -> None:
        self.ours, self.theirs = socket.socketpair()
        self.addCleanup(self.ours.close)
        self.addCleanup(self.theirs.close)

    def channel(self) -> MessageChannel:
        return MessageChannel(os.dup(self.ours.fileno()))

    def test_sending_ends_the_process(self) -> None:
        def work() -> None:
            channel = self.channel()
            os.close(channel.fileno())
            channel.send({})

        self.assertEqual(exit_code_of(work), lost_channel.EXIT_CODE)

    def test_receiving_ends_the_process(self) -> None:
        def work() -> None:
            channel = self.channel()
            os.close(channel.fileno())
            channel.receive()

        self.assertEqual(exit_code_of(work), lost_channel.EXIT_CODE)

    def test_watching_the_lifeline_ends_the_process(self) -> None:
        def work() -> None:
            lifeline = os.dup(self.ours.fileno())
            os.close(lifeline)
            wait_for_end(lifeline)

        self.assertEqual(exit_code_of(work), lost_channel.EXIT_CODE)

    def test_a_channel_that_the_other_side_has_closed_is_not_lost(self) -> None:
        def work() -> None:
            channel = self.channel()
            self.theirs.shutdown(socket.SHUT_RDWR)
            assert channel.receive() is None
            channel.send({})

        self.assertEqual(exit_code_of(work), 0)
