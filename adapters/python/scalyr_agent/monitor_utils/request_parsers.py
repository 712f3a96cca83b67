"""How the requests in a stream of bytes are told apart."""

import struct
from typing import Any, Optional


class RequestSizeExceeded(Exception):
    """A request is larger than allowed."""

    __module__ = "scalyr_agent.monitor_utils.server_processors"

    def __init__(self, request_size: int, max_size: int) -> None:
        super().__init__(f"A request of {request_size} bytes is larger than the {max_size} bytes allowed")
        self.request_size = request_size
        self.max_size = max_size


class RequestParser:
    """Takes requests out of a stream. ``parse_request`` gives one, or None and leaves the stream as it was."""

    __module__ = "scalyr_agent.monitor_utils.server_processors"

    def __init__(self, max_request_size: int) -> None:
        """``max_request_size`` is in bytes."""
        self._max_request_size = max_request_size

    def parse_request(self, input_buffer: Any, num_bytes: int) -> Optional[bytes]:
        """The next request in a buffer that holds so many bytes from its position on."""
        raise NotImplementedError

    def _check_size(self, size: int) -> None:
        if size > self._max_request_size:
            raise RequestSizeExceeded(size, self._max_request_size)


class LineRequestParser(RequestParser):
    """Requests are lines; their line feed belongs to them."""

    __module__ = "scalyr_agent.monitor_utils.server_processors"

    def __init__(self, max_request_size: int, eof_as_eol: bool = False) -> None:
        """With ``eof_as_eol`` whatever there is counts as a line."""
        super().__init__(max_request_size)
        self._eof_as_eol = eof_as_eol

    def parse_request(self, input_buffer: Any, num_bytes: int) -> Optional[bytes]:
        """The next line."""
        start = input_buffer.tell()
        line: bytes = input_buffer.readline(self._max_request_size + 1)
        complete = line.endswith(b"\n") or (self._eof_as_eol and line)
        if not complete:
            input_buffer.seek(start)
        self._check_size(len(line))
        return line if complete else None


class _CountedRequestParser(RequestParser):
    """Requests have their length in front of them, most significant byte first."""

    _prefix = struct.Struct("!I")

    def parse_request(self, input_buffer: Any, num_bytes: int) -> Optional[bytes]:
        """The next request, without its length."""
        if num_bytes < self._prefix.size:
            return None
        start = input_buffer.tell()
        (size,) = self._prefix.unpack(input_buffer.read(self._prefix.size))
        self._check_size(size)
        if num_bytes < self._prefix.size + size:
            input_buffer.seek(start)
            return None
        request: bytes = input_buffer.read(size)
        return request


class Int32RequestParser(_CountedRequestParser):
    """The length is 32 bits."""

    __module__ = "scalyr_agent.monitor_utils.server_processors"


class Int16RequestParser(_CountedRequestParser):
    """The length is 16 bits."""

    __module__ = "scalyr_agent.monitor_utils.server_processors"

    _prefix = struct.Struct("!H")
