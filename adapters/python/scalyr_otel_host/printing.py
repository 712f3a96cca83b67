"""What plugins print."""

import sys


def print_lines_at_once() -> None:
    """Has each line leave the process when it is complete, whatever characters are in it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
