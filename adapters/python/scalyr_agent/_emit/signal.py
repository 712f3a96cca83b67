"""Which of the two signals a ready-made line belongs to."""

import re

_NAME = r"[_a-zA-Z][\w.\-]*\n?"
_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][+-]?[0-9]*)?(?<=[0-9])"
_WORD = r"true|false|null|NaN|-?Infinity"
_TEXT = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_NUMERIC_METRIC = re.compile(
    rf"{_NAME} (?:{_NUMBER}|{_WORD})(?: {_NAME}=(?:{_NUMBER}|{_WORD}|{_TEXT}))*\Z", re.DOTALL
)

_HEADER_START = len("2014-07-29 20:22:06.789Z ")
_HEADER_END = ")] "


def is_log_line(line: str) -> bool:
    """Whether a line with its final line feed is one of logs: it holds a text value, or is no ``name value`` at all.

    The collector reads the header up to the first ``)] ``; an id that holds one ends it before its time.
    """
    closing = line.find(_HEADER_END, _HEADER_START)
    if closing < 0 or "\n" in line[_HEADER_START:closing]:
        return True
    return _NUMERIC_METRIC.match(line[closing + len(_HEADER_END) : -1]) is None


def header_is_plain(monitor_name: str) -> bool:
    """Whether the header ``[monitor_name] `` reads back as it was meant."""
    return ")] " not in monitor_name and "\n" not in monitor_name
