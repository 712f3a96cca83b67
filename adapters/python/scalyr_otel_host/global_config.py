"""What monitors see of the agent's own configuration."""

from typing import Any, Dict

from .entry import to_json

#: What the agent has where nobody says otherwise. Monitors of the agent and its base class ask for no more than these
#: and what the collector sends.
_DEFAULTS: Dict[str, Any] = {
    "allow_http_monitors": True,
    "instrumentation_stats_log_interval": 0,
    "journald_log_configs": [],
    "log_configs": [],
    "metric_functions_cleanup_interval": 1800,
    "server_attributes": {},
}


class GlobalConfig:
    """The settings as attributes, under the agent's names."""

    def __init__(self, settings: Dict[str, Any]) -> None:
        for name, value in {**_DEFAULTS, **settings}.items():
            setattr(self, name, to_json(value))

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(
            f'The collector does not offer the setting "{name}" of the agent\'s configuration: to run this monitor with '
            "an installed Scalyr agent, set otel.python.scalyr_agent_path"
        )
