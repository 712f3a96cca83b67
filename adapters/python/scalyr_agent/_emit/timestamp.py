"""Times as they start a line: ``2014-07-29 20:22:06.789Z``, UTC, cut off to milliseconds."""

import math
import time
from typing import Tuple

#: ``000Z`` to ``999Z``
_MILLISECONDS = tuple(f"{ms:03d}Z" for ms in range(1000))

_wall_clock = time.time
#: The second formatted last and its text. One tuple, so that threads that race for it cannot mix two seconds up.
_latest: Tuple[int, str] = (-1, "")


def format_now() -> str:
    """The present time."""
    now = _wall_clock()
    second = int(now)
    known, text = _latest
    if known != second:
        text = _format_second(second)
    return text + _MILLISECONDS[int((now - second) * 1000)]


def format_time(secs: float) -> str:
    """A time in seconds since 1970, rounded to microseconds, then cut off. Raises ValueError beyond the year 9999."""
    fraction, whole = math.modf(secs)
    second = int(whole)
    microseconds = round(fraction * 1e6)
    if microseconds < 0 or microseconds >= 1_000_000:
        carry = 1 if microseconds > 0 else -1
        second, microseconds = second + carry, microseconds - carry * 1_000_000
    known, text = _latest
    if known != second:
        text = _format_second(second)
    return text + _MILLISECONDS[microseconds // 1000]


def _format_second(second: int) -> str:
    global _latest
    year, month, day, hour, minute, sec = time.gmtime(second)[:6]
    if not 1 <= year <= 9999:
        raise ValueError(f'Cannot write the time "{second}" s since 1970: the year {year} is out of range')
    text = f"{year:04d}-{month:02d}-{day:02d} {hour:02d}:{minute:02d}:{sec:02d}."
    _latest = (second, text)
    return text
