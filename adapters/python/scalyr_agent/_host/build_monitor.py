"""Makes a monitor from its entry in the configuration, as the agent does."""

from typing import Any, Mapping, Sequence

from .._log.agent_logger import get_logger
from .._monitor.find_class import load_monitor_class


class NoMonitorClass(Exception):
    """A module has no class that is derived from ScalyrMonitor directly."""

    def __init__(self, module: str) -> None:
        super().__init__(
            f'Cannot run "{module}": it has no class with ScalyrMonitor among its bases. A class derived from another '
            "monitor does not count, as in the agent; name ScalyrMonitor as a base as well"
        )


def build_monitor(
    config: Mapping[str, Any],
    monitor_id: str,
    *,
    global_config: Any = None,
    default_sample_interval_secs: float = 30.0,
    additional_python_paths: Sequence[str] = (),
) -> Any:
    """Loads the module that ``config["module"]`` names and makes its monitor; ``_initialize`` has run on return.

    ``monitor_id`` stands in the brackets of its lines and may be empty. Raises NoMonitorClass, ImportError and whatever
    the plugin raises, BadMonitorConfiguration and UnsupportedSystem among it. To be followed by ``open_metric_log()``.
    """
    from ..scalyr_monitor import ScalyrMonitor

    module = config["module"]
    ScalyrMonitor.DEFAULT_SAMPLE_INTERVAL_SECS = default_sample_interval_secs
    monitor_class, _ = load_monitor_class(module, additional_python_paths)
    if monitor_class is None:
        raise NoMonitorClass(module)
    logger = get_logger(f"{module}({monitor_id})")
    return monitor_class(config, logger, global_config=global_config)
