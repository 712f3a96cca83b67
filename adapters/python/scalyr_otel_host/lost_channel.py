"""What happens when a plugin has closed descriptors that are not its own, and ours are among them."""

import errno
import os

#: How the process ends then: nobody can talk to it any more.
EXIT_CODE = 113


def end_if_lost(error: OSError) -> None:
    """Ends the process when ``error`` says that a channel is not there. Returns when the collector has closed it."""
    if error.errno in (errno.EBADF, errno.ENOTSOCK):
        os._exit(EXIT_CODE)
