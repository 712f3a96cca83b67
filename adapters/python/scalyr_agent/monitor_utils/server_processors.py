"""A server for monitors that are sent requests."""

import socket
import threading
import time
from io import BytesIO
from typing import Any, Optional, Tuple

from .._host.missing_names import missing_name
from .._threads.run_state import RunState
from .request_parsers import (
    Int16RequestParser,
    Int32RequestParser,
    LineRequestParser,
    RequestParser,
    RequestSizeExceeded,
)

__all__ = [
    "ConnectionIdleTooLong",
    "Int16RequestParser",
    "Int32RequestParser",
    "LineRequestParser",
    "RequestParser",
    "RequestSizeExceeded",
    "ServerProcessor",
]

#: How often a thread that waits for the network looks whether it shall stop.
_LOOK_SECS = 0.2


class ConnectionIdleTooLong(Exception):
    """A client has sent nothing for too long."""


class ServerProcessor:
    """Listens on a port, takes requests out of what clients send and executes them; each client has a thread.

    A subclass overrides ``parse_request`` and ``execute_request``. ``run`` returns when the RunState is stopped.
    """

    def __init__(
        self,
        server_port: int,
        localhost_socket: bool = True,
        max_request_size: int = 100_000,
        max_connection_idle_time: float = 300,
        buffer_size: int = 102_400,
        run_state: Optional[RunState] = None,
    ) -> None:
        """Listens at once, on the loopback address only unless ``localhost_socket`` is false. Port 0 takes a free one.

        A client that is silent for ``max_connection_idle_time`` seconds, or sends a request larger than
        ``max_request_size`` bytes, is disconnected.
        """
        self._max_request_size = max_request_size
        self._max_connection_idle_time = max_connection_idle_time
        self._buffer_size = buffer_size
        self._run_state = run_state or RunState()
        self._listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._listener.bind(("localhost" if localhost_socket else "", server_port))
            self._listener.listen(5)
            self._listener.settimeout(_LOOK_SECS)
        except OSError:
            self._listener.close()
            raise

    @property
    def server_port(self) -> int:
        """The port that is listened on."""
        address: Tuple[Any, ...] = self._listener.getsockname()
        return int(address[1])

    def run(self) -> None:
        """Serves clients until stopped."""
        with self._listener:
            while self._run_state.is_running():
                try:
                    connection = self._listener.accept()[0]
                except socket.timeout:
                    continue
                thread = threading.Thread(target=self._serve, args=(connection,), name="server connection", daemon=True)
                thread.start()

    def parse_request(self, request_input: Any, num_available_bytes: int) -> Any:
        """The next request in a buffer, or None when it is not complete yet. Overridden by a subclass."""
        raise NotImplementedError

    def execute_request(self, request: Any) -> None:
        """Does what a request asks for. Overridden by a subclass."""
        raise NotImplementedError

    def report_connection_problem(self, exception: BaseException) -> None:
        """Told of what ends a connection before its time. May be overridden."""

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                connection.settimeout(_LOOK_SECS)
                self._read_requests(connection)
            except Exception as error:
                self.report_connection_problem(error)

    def _read_requests(self, connection: socket.socket) -> None:
        pending = b""
        last_heard = time.monotonic()
        while self._run_state.is_running():
            try:
                received = connection.recv(self._buffer_size)
            except socket.timeout:
                if time.monotonic() - last_heard > self._max_connection_idle_time:
                    raise ConnectionIdleTooLong(
                        f"The client was silent for more than {self._max_connection_idle_time} s"
                    ) from None
                continue
            if not received:
                return
            last_heard = time.monotonic()
            pending = self._execute_complete(pending + received)
            if len(pending) > self._max_request_size:
                raise RequestSizeExceeded(len(pending), self._max_request_size)

    def _execute_complete(self, data: bytes) -> bytes:
        """Executes all requests that are complete; what is left belongs to the next."""
        buffer = BytesIO(data)
        while self._run_state.is_running():
            start = buffer.tell()
            request = self.parse_request(buffer, len(data) - start)
            if request is None:
                buffer.seek(start)
                break
            self.execute_request(request)
        return buffer.read()


def __getattr__(name: str) -> Any:
    raise missing_name(__name__, name)
