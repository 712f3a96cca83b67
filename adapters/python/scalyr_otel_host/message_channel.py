"""Messages between a monitor's process and the collector: JSON objects, one a line."""

import json
import os
import socket
import threading
from typing import Any, Dict, Iterator, List, Optional

from .lost_channel import end_if_lost

Message = Dict[str, Any]


class MessageChannel:
    """A connected stream socket that JSON objects go through, both ways."""

    def __init__(self, fd: int) -> None:
        self._socket = socket.socket(fileno=fd)
        self._lock = threading.Lock()
        self._unfinished = b""

    def send(self, message: Message) -> None:
        """Writes the whole message before it returns.

        When the collector is gone, nothing happens. When the channel is, because the plugin has closed what is not its
        own, the process ends: nobody can talk to it any more.
        """
        data = json.dumps(message, separators=(",", ":")).encode() + b"\n"
        try:
            with self._lock:
                self._socket.sendall(data)
        except OSError as error:
            end_if_lost(error)

    def receive(self) -> Optional[List[Message]]:
        """Waits for something to come; gives the messages that are complete with it, or None after the last one.

        Ends the process as ``send`` does.
        """
        try:
            data = self._socket.recv(65536)
        except OSError as error:
            end_if_lost(error)
            return None
        if not data:
            return None
        *complete, self._unfinished = (self._unfinished + data).split(b"\n")
        return [json.loads(text) for text in complete]

    def __iter__(self) -> Iterator[Message]:
        """The messages as they come, until the other side closes, or ``stop_reading`` is called."""
        while True:
            messages = self.receive()
            if messages is None:
                return
            yield from messages

    def fileno(self) -> int:
        """The descriptor, for ``select``."""
        return self._socket.fileno()

    def stop_reading(self) -> None:
        """Ends the iteration, whichever thread it is in."""
        try:
            self._socket.shutdown(socket.SHUT_RD)
        except OSError:
            pass

    def close(self) -> None:
        """Closes the socket."""
        self._socket.close()


def wait_for_end(fd: int) -> None:
    """Returns when the other side of a channel that carries nothing is gone; ends the process when the channel is."""
    try:
        while os.read(fd, 1024):
            pass
    except OSError as error:
        end_if_lost(error)
