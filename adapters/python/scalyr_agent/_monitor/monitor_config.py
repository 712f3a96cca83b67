"""A monitor's entry in the configuration."""

from typing import Any, Dict, Iterator, List, Optional, Tuple

from ..compat import os_environ_unicode
from ..config_util import ConversionError, convert_value
from .definitions import ConfigOption, MonitorInformation
from .errors import BadMonitorConfiguration


class MonitorConfig:
    """A read-only map from the names of options to their values, converted and checked as they were declared."""

    __module__ = "scalyr_agent.scalyr_monitor"

    def __init__(self, content: Any = None, monitor_module: Optional[str] = None) -> None:
        """Takes the entry, a dict or JsonObject. Raises BadMonitorConfiguration for what no declaration allows."""
        self._module = monitor_module
        self._map: Dict[str, Any] = dict(content.items()) if content is not None else {}
        information = MonitorInformation.get_monitor_info(monitor_module) if monitor_module is not None else None
        self._information = information
        for option in information.config_options if information is not None else ():
            if self._is_given(option):
                self._map[option.option_name] = self._declared_value(option)

    def get(
        self,
        field: str,
        required_field: bool = False,
        max_value: Any = None,
        min_value: Any = None,
        convert_to: Any = None,
        default: Any = None,
        report_conflicting_environment_value: bool = False,
    ) -> Any:
        """The value of an option.

        What is not in the entry is looked for in the environment, as ``SCALYR_`` and the name in capitals, then in
        small letters; what is not there either has the default. The value is converted, then held to both bounds,
        which it may reach. Raises BadMonitorConfiguration.
        """
        value = self._map.get(field)
        variable, text = self._from_environment(field)
        if value is None and text is not None:
            value = text
        elif report_conflicting_environment_value and text is not None:
            self._report_conflict(field, variable, convert_to)
        if value is None and field not in self._map:
            if required_field:
                raise BadMonitorConfiguration(f'Missing required field "{field}"', field)
            value = default
        value = self._convert(field, value, convert_to)
        if value is not None:
            _check_bounds(field, value, max_value, min_value)
        return value

    def _is_given(self, option: ConfigOption) -> bool:
        name = option.option_name
        if option.required_option or option.default is not None or name in self._map:
            return True
        return option.env_aware and _variable_name(name, option) in os_environ_unicode

    def _declared_value(self, option: ConfigOption) -> Any:
        return self.get(
            option.option_name,
            required_field=option.required_option,
            max_value=option.max_value,
            min_value=option.min_value,
            convert_to=option.convert_to,
            default=option.default,
            report_conflicting_environment_value=option.env_aware,
        )

    def _from_environment(self, field: str) -> Tuple[str, Optional[str]]:
        option = None if self._information is None else self._information.config_option(field)
        name = _variable_name(field, option)
        for variable in (name, name.lower()):
            text = os_environ_unicode.get(variable)
            if text is not None:
                return variable, text
        return name, None

    def _report_conflict(self, field: str, variable: str, convert_to: Any) -> None:
        """Says so when the environment and the entry differ; the entry is right."""
        from .._log.agent_logger import get_logger

        given = self._convert(field, self._map[field], convert_to)
        try:
            agrees = convert_value(field, os_environ_unicode[variable], convert_to) == given
        except ConversionError:
            agrees = False
        if not agrees:
            get_logger("scalyr_agent.scalyr_monitor").warning(
                f'The environment variable "{variable}" and the option "{field}" of the monitor "{self._module}" '
                "differ: the configuration is right, the environment variable is ignored"
            )

    @staticmethod
    def _convert(field: str, value: Any, convert_to: Any) -> Any:
        try:
            return convert_value(field, value, convert_to)
        except ConversionError as error:
            raise BadMonitorConfiguration(str(error), field) from error

    def copy(self) -> "MonitorConfig":
        """A map of its own with the same values."""
        copied = MonitorConfig(self._map)
        copied._module = self._module
        copied._information = self._information
        return copied

    def keys(self) -> List[str]:
        """The names of the options."""
        return list(self._map)

    def values(self) -> List[Any]:
        """Their values."""
        return list(self._map.values())

    def items(self) -> List[Tuple[str, Any]]:
        """Names with their values."""
        return list(self._map.items())

    def iteritems(self) -> Iterator[Tuple[str, Any]]:
        """Names with their values, one by one."""
        return iter(self._map.items())

    def iterkeys(self) -> Iterator[str]:
        """The names, one by one."""
        return iter(self._map)

    def itervalues(self) -> Iterator[Any]:
        """The values, one by one."""
        return iter(self._map.values())

    __iter__ = iterkeys

    def __getitem__(self, field: str) -> Any:
        if field not in self._map:
            raise KeyError(f'The missing field "{field}" in monitor config.')
        return self._map[field]

    def __contains__(self, field: object) -> bool:
        return field in self._map

    def __len__(self) -> int:
        return len(self._map)

    def __eq__(self, other: object) -> bool:
        return self._map == other._map if isinstance(other, MonitorConfig) else NotImplemented

    __hash__ = None  # type: ignore[assignment]


def _variable_name(field: str, option: Optional[ConfigOption]) -> str:
    custom = None if option is None else option.env_name
    return (custom or f"SCALYR_{field}").upper()


def _check_bounds(field: str, value: Any, max_value: Any, min_value: Any) -> None:
    if max_value is not None and value > max_value:
        raise BadMonitorConfiguration(f'Value of {value} in field "{field}" is invalid; maximum is {max_value}', field)
    if min_value is not None and value < min_value:
        raise BadMonitorConfiguration(f'Value of {value} in field "{field}" is invalid; minimum is {min_value}', field)
