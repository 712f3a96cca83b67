"""The ``scalyr_agent`` package that plugins import: ours, or that of an installed agent."""

from typing import Any, Dict, Tuple, Type

from .outside import Outside
from .settings import Settings
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


def import_package(settings: Settings) -> Package:
    """Imports the package that the settings ask for. Raises ImportError."""
    if settings.scalyr_agent_path is None:
        from .our_package import OurPackage

        return OurPackage(settings.shared)
    if settings.shared:
        raise ValueError('isolation "shared" is not possible with otel.python.scalyr_agent_path: wanted "process"')
    from .installed_package import InstalledPackage

    return InstalledPackage(settings.scalyr_agent_path)
