"""How long a monitor waits before its first sample, so that monitors do not all start at once."""

import random

#: Intervals from here on have the longest wait.
_LONG_INTERVAL_SECS = 40
_LONGEST = (15, 40)


def initial_delay_secs(interval_secs: float) -> int:
    """A random number of whole seconds: a fifth to four fifths of the interval, 15 to 40 for 40 seconds and more."""
    if interval_secs >= _LONG_INTERVAL_SECS:
        return random.randint(*_LONGEST)
    return random.randint(max(0, round(0.2 * interval_secs)), max(0, round(0.8 * interval_secs)))
