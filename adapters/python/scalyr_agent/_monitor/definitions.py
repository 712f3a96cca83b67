"""What monitor modules declare: their options, metrics and log fields."""

import sys
from typing import Any, Dict, List, NamedTuple, Optional


class ConfigOption(NamedTuple):
    """A declared option."""

    option_name: str
    description: str
    required_option: bool
    max_value: Any
    min_value: Any
    convert_to: Any
    default: Any
    env_aware: bool
    #: The environment variable that gives it a value, instead of ``SCALYR_`` and the name of the option.
    env_name: Optional[str]
    allow_http: bool


class MetricDescription:
    """A declared metric."""

    def __init__(
        self,
        metric_name: str,
        description: str,
        extra_fields: Optional[Dict[str, str]] = None,
        unit: Optional[str] = None,
        cumulative: bool = False,
        category: Optional[str] = None,
    ) -> None:
        self.metric_name = metric_name
        self.description = description
        self.extra_fields = extra_fields
        self.unit = unit
        self.cumulative = cumulative
        self.category = category

    def __repr__(self) -> str:
        return (
            f"<MetricDescription metric_name={self.metric_name},unit={self.unit},cumulative={self.cumulative},"
            f"extra_fields={self.extra_fields}>"
        )


class LogFieldDescription(NamedTuple):
    """A declared field of the lines a monitor writes."""

    field_name: str
    description: str


class MonitorInformation:
    """All that one module declares."""

    __module__ = "scalyr_agent.scalyr_monitor"

    _of_module: Dict[str, "MonitorInformation"] = {}

    def __init__(self, monitor_module: str) -> None:
        self.monitor_module = monitor_module
        self._options: Dict[str, ConfigOption] = {}
        self._metrics: List[MetricDescription] = []
        self._log_fields: Dict[str, LogFieldDescription] = {}

    @classmethod
    def get_monitor_info(cls, monitor_module: str) -> Optional["MonitorInformation"]:
        """What the module of that name has declared; None when nothing was."""
        return cls._of_module.get(monitor_module)

    @classmethod
    def of_module(cls, monitor_module: str) -> "MonitorInformation":
        """What the module of that name has declared, to be added to."""
        return cls._of_module.setdefault(monitor_module, cls(monitor_module))

    @property
    def description(self) -> Optional[str]:
        """The documentation of the monitor class, once its module is loaded."""
        from .find_class import monitor_class_of

        module = sys.modules.get(self.monitor_module)
        found = None if module is None else monitor_class_of(module)
        return None if found is None else found.__doc__

    @property
    def config_options(self) -> List[ConfigOption]:
        """The options in the order of their declarations."""
        return list(self._options.values())

    def config_option(self, option_name: str) -> Optional[ConfigOption]:
        """The option of that name."""
        return self._options.get(option_name)

    @property
    def metrics(self) -> List[MetricDescription]:
        """The metrics in the order of their declarations; one name may stand there several times."""
        return list(self._metrics)

    @property
    def log_fields(self) -> List[LogFieldDescription]:
        """The log fields in the order of their declarations."""
        return list(self._log_fields.values())

    def add_option(self, option: ConfigOption) -> None:
        """Adds an option, or replaces the one of its name."""
        self._options[option.option_name] = option

    def add_metric(self, metric: MetricDescription) -> None:
        """Adds a metric."""
        self._metrics.append(metric)

    def add_log_field(self, field: LogFieldDescription) -> None:
        """Adds a log field, or replaces the one of its name."""
        self._log_fields[field.field_name] = field

    def __repr__(self) -> str:
        metrics = {metric.metric_name: metric for metric in self._metrics}
        return f"<MonitorInformation monitor_module={self.monitor_module},metrics={metrics}>"


def define_config_option(
    monitor_module: str,
    option_name: str,
    option_description: str,
    required_option: bool = False,
    max_value: Any = None,
    min_value: Any = None,
    convert_to: Any = None,
    default: Any = None,
    env_aware: bool = False,
    env_name: Optional[str] = None,
    allow_http: bool = True,
) -> None:
    """Declares an option of the monitors in ``monitor_module``, as a rule ``__monitor__ = __name__``.

    It is converted and checked before ``_initialize`` runs. ``env_aware`` options may come from the environment, as
    ``env_name`` or ``SCALYR_`` and the name; with ``allow_http=False`` a URL can be held to https.
    """
    option = ConfigOption(
        option_name,
        option_description,
        required_option,
        max_value,
        min_value,
        convert_to,
        default,
        env_aware,
        env_name,
        allow_http,
    )
    MonitorInformation.of_module(monitor_module).add_option(option)


def define_metric(
    monitor_module: str,
    metric_name: str,
    description: str,
    extra_fields: Optional[Dict[str, str]] = None,
    unit: Optional[str] = None,
    cumulative: bool = False,
    category: Optional[str] = None,
) -> None:
    """Declares a metric: what it measures, in which unit, and whether it only ever grows."""
    metric = MetricDescription(metric_name, description, extra_fields, unit, cumulative, category)
    MonitorInformation.of_module(monitor_module).add_metric(metric)


def define_log_field(monitor_module: str, field_name: str, field_description: str) -> None:
    """Declares a field of the lines that a monitor writes."""
    field = LogFieldDescription(field_name, field_description)
    MonitorInformation.of_module(monitor_module).add_log_field(field)
