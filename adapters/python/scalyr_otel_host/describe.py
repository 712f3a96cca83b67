"""What a monitor says about itself, as the collector wants to know it."""

import inspect
import sys
from typing import Any, Dict, List

from scalyr_agent.scalyr_monitor import MonitorInformation


def describe_monitor(monitor: Any, *, base: Any, package: str) -> Dict[str, Any]:
    """``base`` is the class whose ``run`` takes samples: a monitor that has another one drives itself."""
    rotation = {
        "rotationBackupCount": monitor._config.get("log_rotation_backup_count"),
        "rotationMaxBytes": monitor._config.get("log_rotation_max_bytes"),
    }
    version = ".".join(str(part) for part in sys.version_info[:3])
    return {
        "description": _first_paragraph(type(monitor)),
        "drivesItself": getattr(monitor.run, "__func__", None) is not base.run,
        "disabled": False,
        "sampleIntervalSecs": float(monitor._sample_interval_secs),
        "metricLog": {
            "path": monitor.log_config["path"],
            "writeRate": monitor._log_write_rate,
            "maxWriteBurst": monitor._log_max_write_burst,
            "flushDelaySecs": monitor._log_flush_delay,
            **{name: int(value) for name, value in rotation.items() if value is not None},
        },
        "metrics": _metrics(monitor.module_name),
        "runtime": f"Python {version} ({sys.executable}) with {package}",
    }


def _first_paragraph(monitor_class: Any) -> str:
    lines = inspect.cleandoc(monitor_class.__doc__ or "").partition("\n\n")[0].splitlines()
    return " ".join(lines) or str(monitor_class.__name__)


def _metrics(module: str) -> List[Dict[str, Any]]:
    information = MonitorInformation.get_monitor_info(module)
    if information is None:
        return []
    return [
        {
            "name": str(metric.metric_name),
            "description": str(metric.description),
            "cumulative": bool(metric.cumulative),
            **({"unit": str(metric.unit)} if metric.unit is not None else {}),
        }
        for metric in information.metrics
    ]
