"""The error of a configuration that cannot be used."""

from typing import Any

from ._host.missing_names import missing_name

__all__ = ["BadConfiguration"]


class BadConfiguration(Exception):
    """A field of the configuration is wrong."""

    def __init__(self, message: str, field: str, error_code: str) -> None:
        """``field`` is the one that is wrong, ``error_code`` a word to search for."""
        super().__init__(f'{message} [[badField="{field}" errorCode="{error_code}"]]')
        self.message = message
        self.field = field
        self.error_code = error_code


def __getattr__(name: str) -> Any:
    raise missing_name(__name__, name)
