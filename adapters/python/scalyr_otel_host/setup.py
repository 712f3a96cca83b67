"""What the collector says about the monitor that a process is for."""

from typing import Any, Dict, List, NamedTuple
from urllib.parse import unquote

from .config_codec import decode_config

_FILE = "file://"


class Setup(NamedTuple):
    """The message ``start``."""

    #: Path of the plugin's file; empty for one that is only known by the name of its module.
    plugin_file: str
    #: Full name of the module, possibly dotted.
    module: str
    #: What stands in the brackets of a line.
    id: str
    config: Dict[str, Any]
    #: Folders that the plugin's modules are looked for in, after those of Python itself.
    search_path: List[str]
    default_sample_interval_secs: float
    #: Settings of the agent for all monitors, under the agent's own names.
    global_config: Dict[str, Any]
    debug_level: int

    @classmethod
    def of_message(cls, message: Dict[str, Any]) -> "Setup":
        """Reads the message; KeyError and TypeError when it is none."""
        url = message["pluginUrl"]
        return cls(
            plugin_file=unquote(url[len(_FILE) :]) if url.startswith(_FILE) else "",
            module=message["module"],
            id=message["id"],
            config=decode_config(message["config"]),
            search_path=list(message.get("searchPath", ())),
            default_sample_interval_secs=message["defaultSampleIntervalSecs"],
            global_config={
                "calculate_rate_metric_names": message["globalRateMetricNames"],
                "debug_level": message["debugLevel"],
                **decode_config(message.get("globalConfig", {})),
            },
            debug_level=message["debugLevel"],
        )

    @property
    def name(self) -> str:
        """``my_monitor(1)``: the name in lines."""
        return f"{self.module.rpartition('.')[2]}({self.id})"
