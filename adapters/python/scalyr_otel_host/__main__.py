"""Starts the program: ``python3 scalyr_otel_host serve|run [SETTINGS]``. Any Python can read this file, so that one that
is too old for the rest can say so."""

import os
import sys

CONTROL_FD = 3
OLDEST = (3, 8)


def refuse():
    """Says over the launcher's control channel which version this is."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    text = '{"type":"too-old","version":"%s","executable":"%s"}\n' % (version, sys.executable)
    os.write(CONTROL_FD, text.encode("utf-8"))
    return 1


def start():
    """Finds the rest of the program beside the folder that this file is in."""
    here = os.path.dirname(os.path.abspath(__file__))
    if sys.path and os.path.abspath(sys.path[0]) == here:
        del sys.path[0]
    sys.path.insert(0, os.path.dirname(here))
    from scalyr_otel_host.program import main

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(refuse() if sys.version_info < OLDEST else start())
