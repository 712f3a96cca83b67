"""Times as RFC 3339 writes them: ``2015-08-03T09:12:43.143757463Z``."""

import re
from typing import Any, Optional

from ._host.missing_names import missing_name

__all__ = ["rfc3339_to_datetime", "rfc3339_to_nanoseconds_since_epoch"]

_RFC3339 = (
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?"  # up to the fraction of a second
    r"(?:[Zz]|([+-])(\d\d):?(\d\d))?\Z"
)


def rfc3339_to_datetime(string: str) -> Any:
    """The time as a datetime in UTC without a time zone, cut off to microseconds; None for what is no time."""
    found = _parse(string)
    return None if found is None else found[0]


def rfc3339_to_nanoseconds_since_epoch(string: str) -> Optional[int]:
    """The time in nanoseconds since 1970; None for what is no time."""
    from datetime import datetime, timedelta

    found = _parse(string)
    if found is None:
        return None
    moment, nanoseconds = found
    whole_seconds = (moment.replace(microsecond=0) - datetime(1970, 1, 1)) // timedelta(seconds=1)
    return int(whole_seconds) * 1_000_000_000 + nanoseconds


def _parse(string: str) -> Any:
    """A datetime and the nanoseconds of its second, or None."""
    from datetime import datetime, timedelta

    found = re.match(_RFC3339, string)
    if found is None:
        return None
    nanoseconds = int((found[7] or "").ljust(9, "0")[:9])
    try:
        moment = datetime(*(int(part) for part in found.groups()[:6]), nanoseconds // 1000)  # type: ignore[arg-type]
        if found[8]:
            offset = timedelta(hours=int(found[9]), minutes=int(found[10]))
            moment = moment - offset if found[8] == "+" else moment + offset
    except (ValueError, OverflowError):
        return None
    return moment, nanoseconds


def __getattr__(name: str) -> Any:
    raise missing_name(__name__, name)
