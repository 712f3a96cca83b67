"""Levels of debugging, and the names of levels in the agent's log."""

import logging

#: 0 is INFO; each further level shows more.
DEBUG_LEVEL_0 = logging.INFO
DEBUG_LEVEL_1 = logging.DEBUG
DEBUG_LEVEL_2 = 7
DEBUG_LEVEL_3 = 6
DEBUG_LEVEL_4 = 5
DEBUG_LEVEL_5 = 4

DEBUG_LEVELS = (DEBUG_LEVEL_0, DEBUG_LEVEL_1, DEBUG_LEVEL_2, DEBUG_LEVEL_3, DEBUG_LEVEL_4, DEBUG_LEVEL_5)

_NAMES = (
    (logging.CRITICAL, "CRITICAL"),
    (logging.ERROR, "ERROR"),
    (logging.WARNING, "WARNING"),
    (logging.INFO, "INFO"),
)


def level_name(level: int) -> str:
    """``INFO`` for 20 to 29, ``DEBUG`` for everything below."""
    for smallest, name in _NAMES:
        if level >= smallest:
            return name
    return "DEBUG"
