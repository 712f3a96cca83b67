"""What an agent that copies log files lets monitors add files to. This collector copies none."""

from typing import Any

from ._host.missing_names import missing_name

__all__ = ["LogWatcher"]


class LogWatcher:
    """The interface of a watcher of log files, for plugins that name it."""

    def add_log_config(self, monitor_name: str, log_config: Any, force_add: bool = False) -> Any:
        """Starts to watch a file; gives its settings as completed."""
        return log_config

    def update_log_config(self, monitor_name: str, log_config: Any) -> None:
        """Changes the settings of a file."""

    def update_log_configs_on_path(self, path: str, monitor_name: str, log_configs: Any) -> None:
        """Changes the settings of all files of one path."""

    def remove_log_config(self, monitor_name: str, log_config: Any) -> None:
        """Watches a file no longer."""

    def remove_log_path(self, monitor_name: str, log_path: str) -> None:
        """Watches the files of a path no longer."""

    def schedule_log_path_for_removal(self, monitor_name: str, log_path: str) -> None:
        """Watches the files of a path no longer once all of them was read."""

    def schedule_log_config_for_removal(self, monitor_name: str, log_config: Any) -> None:
        """Watches a file no longer once all of it was read."""


def __getattr__(name: str) -> Any:
    raise missing_name(__name__, name)
