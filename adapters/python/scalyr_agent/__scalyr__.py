"""What the agent says about its own installation."""

import os

#: The version of the Scalyr agent whose plugin API this package offers.
SCALYR_VERSION = "2.2.22"

DEV_INSTALL = 1


def get_package_root() -> str:
    """The folder of this package."""
    return os.path.dirname(os.path.abspath(__file__))


def get_install_root() -> str:
    """The folder that holds this package."""
    return os.path.dirname(get_package_root())
