"""The descriptors that a monitor's process talks to the collector through."""

import fcntl
import os
import socket
from typing import NamedTuple

#: Where the collector puts them when it starts the process itself.
LINES_FD, MESSAGES_FD, LIFELINE_FD = 3, 4, 5

#: What plugins open gets low numbers, so what a plugin writes to a descriptor it has closed does not end up in ours.
_FIRST_HIDDEN_FD = 200

#: One connection each, told apart by its name.
ROLES = ("lines", "messages", "lifeline", "stdout", "stderr")


class Channels(NamedTuple):
    """Connected UNIX stream sockets; closed in programs that the plugin starts."""

    lines: int
    messages: int
    lifeline: int

    def close(self) -> None:
        """Closes them; those that are closed already do no harm."""
        for fd in self:
            try:
                os.close(fd)
            except OSError:
                pass


def inherited() -> Channels:
    """The channels of a process that the collector has started itself."""
    return Channels(_hide(LINES_FD), _hide(MESSAGES_FD), _hide(LIFELINE_FD))


def _hide(fd: int) -> int:
    hidden = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, _FIRST_HIDDEN_FD)
    os.close(fd)
    return hidden


class Connections(NamedTuple):
    """Fresh connections to the collector, which will be the channels of a new monitor."""

    lines: socket.socket
    messages: socket.socket
    lifeline: socket.socket
    stdout: socket.socket
    stderr: socket.socket

    @classmethod
    def open(cls, path: str, token: str) -> "Connections":
        """Connects to the collector, which knows by ``token`` which monitor they are for. Raises OSError."""
        made = []
        try:
            for role in ROLES:
                connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                made.append(connection)
                connection.connect(path)
                connection.sendall(f"{token} {role}\n".encode())
        except OSError:
            for connection in made:
                connection.close()
            raise
        return cls(*made)

    def become_channels(self) -> Channels:
        """Makes them the channels of this process, and its stdout and stderr."""
        os.dup2(self.stdout.fileno(), 1)
        os.dup2(self.stderr.fileno(), 2)
        self.stdout.close()
        self.stderr.close()
        return self.as_channels()

    def as_channels(self) -> Channels:
        """The three channels that carry the protocol."""
        return Channels(*(_hide(end.detach()) for end in (self.lines, self.messages, self.lifeline)))

    def close(self) -> None:
        """Closes them all."""
        for connection in self:
            connection.close()
