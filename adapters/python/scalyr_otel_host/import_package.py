"""Which ``scalyr_agent`` package the settings ask for."""

from .package import Package
from .settings import Settings


def import_package(settings: Settings) -> Package:
    """Imports the package that the settings ask for. Raises ImportError."""
    if settings.scalyr_agent_path is None:
        from .our_package import OurPackage

        return OurPackage(settings.shared)
    if settings.shared:
        raise ValueError('isolation "shared" is not possible with otel.python.scalyr_agent_path: wanted "process"')
    from .installed_package import InstalledPackage

    return InstalledPackage(settings.scalyr_agent_path)
