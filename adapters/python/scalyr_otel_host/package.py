"""The ``scalyr_agent`` package that plugins import: ours, or that of an installed agent."""

from typing import Any, Dict, Tuple, Type

from .outside import Outside
from .setup import Setup


class Package:
    """What the host needs of either package."""

    #: Which package it is and why, for people.
    description: str
    #: What a monitor raises when it cannot run as it is configured, or on this machine: trying again does not help.
    configuration_errors: Tuple[Type[BaseException], ...]

    def make_monitor(self, setup: Setup, outside: Outside) -> Any:
        """Imports the module, finds the class, makes the monitor and opens its metric log, which is ``outside``."""
        raise NotImplementedError

    def describe(self, monitor: Any, setup: Setup) -> Dict[str, Any]:
        """What the collector has to know of an initialized monitor."""
        raise NotImplementedError

    def close(self, monitor: Any) -> None:
        """Lets the monitor write no more values."""
        raise NotImplementedError
