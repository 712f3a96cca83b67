"""What reading and using JSON can raise."""


class JsonConversionException(Exception):
    """A value is not of the type that was asked for."""


class JsonMissingFieldException(Exception):
    """An object does not have the field that was asked for."""


class JsonParseException(Exception):
    """A text is not in the dialect."""

    def __init__(self, message: str, position: int = -1, line_number: int = -1) -> None:
        """``position`` is the index of a character, ``line_number`` counts from 1."""
        super().__init__(f"{message} (line {line_number}, byte position {position})")
        self.raw_message = message
        self.position = position
        self.line_number = line_number
