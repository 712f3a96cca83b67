"""The base class of all monitors, and what their modules declare themselves with."""

import threading
import time
from typing import Any, Dict, Optional, Tuple

from ._host.missing_names import missing_name
from ._monitor.definitions import MonitorInformation, define_config_option, define_log_field, define_metric
from ._monitor.errors import BadMonitorConfiguration, UnsupportedSystem
from ._monitor.find_class import load_monitor_class
from ._monitor.monitor_config import MonitorConfig
from ._threads.run_state import RunState
from ._threads.stoppable_thread import StoppableThread
from .json_lib import ArrayOfStrings

__all__ = [
    "BadMonitorConfiguration",
    "MonitorConfig",
    "MonitorInformation",
    "RunState",
    "ScalyrMonitor",
    "StoppableThread",
    "UnsupportedSystem",
    "define_config_option",
    "define_log_field",
    "define_metric",
    "load_monitor_class",
]

_ROTATION_BACKUP_COUNT = 2
_ROTATION_MAX_BYTES = 20 * 1024 * 1024


class ScalyrMonitor(StoppableThread):
    """A monitor: a thread that takes a sample every so often and emits what it measures.

    A plugin subclasses it, reads its options in ``_initialize`` and measures in ``gather_sample``::

        class RandomCoin(ScalyrMonitor):
            def gather_sample(self):
                self._logger.emit_value("uniform", random.random())

    A monitor that waits for events overrides ``run`` instead, and ends when ``_is_thread_stopped()``.
    """

    #: Seconds between samples when neither the entry nor the environment has a ``sample_interval``.
    DEFAULT_SAMPLE_INTERVAL_SECS = 30.0

    def __init__(
        self,
        monitor_config: Any,
        logger: Any,
        sample_interval_secs: Optional[float] = None,
        global_config: Any = None,
    ) -> None:
        """Made by the agent. The thread is set up last: in ``_initialize`` there is no ``_run_state`` yet."""
        self._logger = logger
        self._global_config = global_config
        self._name_from(monitor_config, logger)
        self.log_config: Any = {"path": f"{self.monitor_module_name}.log"}
        self.disabled = False
        self._adjust_sleep_by_gather_time = False
        self._config = MonitorConfig(monitor_config, monitor_module=self.module_name)
        self._hold_to_https()
        self._counter_lock = threading.Lock()
        self._reported_lines = 0
        self._errors = 0
        self._sample_interval_secs: float = self._choose_interval(sample_interval_secs)
        self._read_log_settings()
        self._initialize()
        super().__init__(name="metric thread")

    def _name_from(self, monitor_config: Any, logger: Any) -> None:
        self.module_name: str = monitor_config["module"]
        configured_id = monitor_config["id"] if "id" in monitor_config else ""
        self.monitor_module_name: str = self.module_name.split(".")[-1]
        self.raw_monitor_name = self.monitor_module_name
        self.monitor_id = str(configured_id or "default")
        self.uid = f"{self.module_name}-{configured_id}"
        component = getattr(logger, "component", None)
        if isinstance(component, str) and component.startswith("monitor:"):
            self.monitor_name = component[len("monitor:") :]
        else:
            self.monitor_name = f"{self.monitor_module_name}({configured_id})"

    def _hold_to_https(self) -> None:
        """Where plain http is forbidden, an option that is declared with ``allow_http=False`` may not hold it."""
        information = MonitorInformation.get_monitor_info(self.module_name)
        if information is None or getattr(self._global_config, "allow_http_monitors", True):
            return
        for option in information.config_options:
            value = self._config.get(option.option_name)
            if not option.allow_http and isinstance(value, str) and not value.startswith("https://"):
                raise BadMonitorConfiguration(
                    f'Value of {value} in field "{option.option_name}" is invalid; it must start with "https://", '
                    "because allow_http_monitors is false",
                    option.option_name,
                )

    def _choose_interval(self, given: Optional[float]) -> float:
        if given is not None:
            return given
        interval: float = self._config.get(
            "sample_interval", convert_to=float, default=self.DEFAULT_SAMPLE_INTERVAL_SECS
        )
        return interval

    def _read_log_settings(self) -> None:
        get = self._config.get
        self._log_write_rate = get("monitor_log_write_rate", convert_to=int, default=2000)
        self._log_max_write_burst = get("monitor_log_max_write_burst", convert_to=int, default=100_000)
        self._log_flush_delay = get("monitor_log_flush_delay", convert_to=float, default=0.0, min_value=0)
        self._metric_name_blacklist = get("metric_name_blacklist", convert_to=ArrayOfStrings, default=ArrayOfStrings())
        self._calculate_rate_metric_name = get(
            "calculate_rate_metric_names", convert_to=ArrayOfStrings, default=ArrayOfStrings()
        )

    @property
    def short_hash(self) -> str:
        """Ten digits that tell this monitor from others: of the full module name and the id."""
        from hashlib import sha256

        return sha256(f"{self.module_name}:{self.monitor_id}".encode()).hexdigest()[:10]

    # ---- what a plugin overrides

    def _initialize(self) -> None:
        """Called once, before there is a thread: read the options; raise BadMonitorConfiguration or UnsupportedSystem."""

    def gather_sample(self) -> None:
        """Measures and emits. Called every ``sample_interval`` seconds; what it raises is logged."""

    def run(self) -> None:
        """Takes samples until the monitor is stopped. The interval is waited for after the work, not from its start."""
        delay = self._get_initial_sleep_delay()
        if delay > 0:
            self._sleep_but_awaken_if_stopped(delay)
        while not self._is_thread_stopped():
            started = time.monotonic()
            try:
                self.gather_sample()
            except Exception:
                self._logger.exception("Failed to gather sample due to the following exception")
                self.increment_counter(errors=1)
            pause = self._sample_interval_secs
            if self._adjust_sleep_by_gather_time:
                pause = max(0.0, pause - (time.monotonic() - started))
            self._sleep_but_awaken_if_stopped(pause)
        self._logger.info("Monitor has finished")

    def open_metric_log(self) -> bool:
        """Called before the first sample: values can be emitted from now on."""
        backup_count, max_bytes = self._get_log_rotation_configuration()
        self._logger.openMetricLogForMonitor(
            self.log_config["path"],
            self,
            backup_count=backup_count,
            max_bytes=max_bytes,
            max_write_burst=self._log_max_write_burst,
            log_write_rate=self._log_write_rate,
            flush_delay=self._log_flush_delay,
        )
        return True

    def close_metric_log(self) -> None:
        """Called after the last sample."""
        self._logger.closeMetricLog()

    def get_extra_server_attributes(self) -> Optional[Dict[str, Any]]:
        """Attributes for everything this agent sends."""
        return None

    def get_user_agent_fragment(self) -> Optional[str]:
        """What the monitor adds to the name the agent gives itself towards the server."""
        return None

    def config_from_monitors(self, manager: Any) -> None:
        """Called once all monitors are made, with their manager."""

    def set_log_watcher(self, log_watcher: Any) -> None:
        """Called with what watches log files, by an agent that does."""

    # ---- what a plugin calls

    def set_sample_interval(self, secs: float) -> None:
        """Changes the seconds between samples."""
        self._sample_interval_secs = secs

    def _is_thread_stopped(self) -> bool:
        """Whether the monitor was asked to stop."""
        return not self._run_state.is_running()

    def _sleep_but_awaken_if_stopped(self, time_to_sleep: float) -> bool:
        """Waits for so many seconds, or until the monitor shall stop: then True."""
        return self._run_state.sleep_but_awaken_if_stopped(time_to_sleep)

    def _get_initial_sleep_delay(self) -> float:
        """Seconds before the first sample: none without a global configuration, or where it switches them off."""
        if self._global_config is None:
            return 0
        if not getattr(self._global_config, "global_monitor_sample_interval_enable_jitter", True):
            return 0
        from ._monitor.jitter import initial_delay_secs

        return initial_delay_secs(self._sample_interval_secs)

    # ---- what the agent asks

    def increment_counter(self, reported_lines: int = 0, errors: int = 0) -> None:
        """Counts lines that were written and errors that were seen."""
        with self._counter_lock:
            self._reported_lines += reported_lines
            self._errors += errors

    def reported_lines(self) -> int:
        """How many lines were written."""
        return self._reported_lines

    def errors(self) -> int:
        """How many errors were logged; a sample that failed counts twice, as it does in the agent."""
        return self._errors

    def get_calculate_rate_metric_names(self) -> Any:
        """The entries of ``calculate_rate_metric_names`` in the monitor's own configuration."""
        return self._calculate_rate_metric_name

    def get_stop_agent_on_failure(self) -> bool:
        """Whether the agent shall end when this monitor does."""
        return bool(self._config.get("stop_agent_on_failure", convert_to=bool, default=False))

    def _get_log_rotation_configuration(self) -> Tuple[int, int]:
        """How many rotated files are kept, and after how many bytes one is rotated."""
        everybodys = self._global_config
        backup_count = self._config.get("log_rotation_backup_count")
        max_bytes = self._config.get("log_rotation_max_bytes")
        if backup_count is None:
            backup_count = getattr(everybodys, "log_rotation_backup_count", _ROTATION_BACKUP_COUNT)
        if max_bytes is None:
            max_bytes = getattr(everybodys, "log_rotation_max_bytes", _ROTATION_MAX_BYTES)
        return backup_count, max_bytes


def __getattr__(name: str) -> Any:
    raise missing_name(__name__, name)
