"""Files that hold one JSON value."""

import os
from typing import Any

from .._emit.json_text import encode_json
from .. import json_lib


class JsonReadFileException(Exception):
    """A file could not be read as JSON."""

    __module__ = "scalyr_agent.util"

    def __init__(self, file_path: str, message: str) -> None:
        super().__init__(f'Cannot read "{file_path}": {message}')
        self.file_path = file_path
        self.raw_message = message


def read_file_as_json(file_path: str, strict_utf8: bool = False) -> Any:
    """The value in a file, in Scalyr's dialect. Raises JsonReadFileException."""
    try:
        with open(file_path, encoding="utf-8", errors="strict" if strict_utf8 else "replace") as file:
            return json_lib.parse(file.read())
    except (OSError, ValueError, IndexError, json_lib.JsonParseException) as error:
        raise JsonReadFileException(file_path, str(error)) from error


def atomic_write_dict_as_json_file(file_path: str, tmp_path: str, info: Any) -> None:
    """Writes a value to ``file_path`` by way of ``tmp_path``, so that a reader sees the old or the new one whole."""
    with open(tmp_path, "w", encoding="utf-8") as file:
        file.write(encode_json(info))
        file.flush()
        os.fsync(file.fileno())
    os.replace(tmp_path, file_path)
