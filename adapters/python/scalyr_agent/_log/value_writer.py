"""Writes the values of one monitor as metric lines."""

import time
from typing import Any, Iterable, Mapping, Optional

from .._emit.field_plan import format_fields, format_fields_with_care, plan_fields
from .._emit.json_text import ENCODER_OF_TYPE, encode_text, encoder_for
from .._emit.names import legal_name
from .._emit.rate_metrics import RateMetrics
from .._emit.signal import header_is_plain, is_log_line
from .._emit.timestamp import format_now, format_time
from .._emit.unsupported_value_type import UnsupportedValueType
from .._host import sink
from .once_limit import OnceLimit

_DAY_SECS = 86_400


class ValueWriter:
    """The metric log of a monitor, as far as this process goes: from here on a line belongs to the sink."""

    def __init__(self, logger: Any, monitor: Any, *, name: str, base: str) -> None:
        """``name`` stands in the brackets of each line: ``my_monitor(1)``; ``base`` is ``my_monitor``."""
        self.monitor = monitor
        self._logger = logger
        self._name = name
        self._base = base
        self._name_is_plain = header_is_plain(name)
        self._write = sink.current().write_line
        self._blacklist = frozenset(_strings(getattr(monitor, "_metric_name_blacklist", ())))
        self._rates = RateMetrics(base.rpartition(".")[2], _rate_metric_names(monitor))
        self._limit = OnceLimit()

    def emit(
        self,
        name: Any,
        value: Any,
        fields: Optional[Mapping[Any, Any]],
        timestamp: Any,
        id_override: Optional[str],
        monitor: Any,
    ) -> None:
        """Writes one value, for ``monitor`` or, if that is None, for the writer's own.

        Raises UnsupportedValueType or TypeError for what cannot be written; then nothing is.
        """
        if not isinstance(name, str):
            raise UnsupportedValueType.of_name("metric", name)
        legal = legal_name(name)
        if legal != name:
            self._warn_of_name("metric", name, legal)
        encode = ENCODER_OF_TYPE.get(type(value)) or encoder_for(value)
        if encode is None:
            raise UnsupportedValueType.of_value("metric", legal, value)
        if legal in self._blacklist:
            self._tell_blacklisted(legal)
            return
        fields_text = self._format_fields(fields) if fields else ""
        stamp = format_time(timestamp / 1000) if timestamp else format_now()
        header = self._name if id_override is None else f"{self._base}({id_override})"
        text = f"{stamp} [{header}] {legal} {encode(value)}{fields_text}\n"
        try:
            line = text.encode()
        except UnicodeEncodeError:
            text = _careful_line(f"{stamp} [{header}] {legal} ", value, fields)
            line = text.encode("utf-8", "backslashreplace")
        is_log = isinstance(value, str)
        if id_override is not None or not self._name_is_plain:
            is_log = is_log_line(text)
        if monitor is None:
            monitor = self.monitor
        self._write(monitor, line, is_log)
        monitor.increment_counter(reported_lines=1)
        if self._rates and self._rates.wants(legal, fields or {}):
            secs = timestamp / 1000 if timestamp else time.time()
            rate = self._rates.observe(f"{id_override} {legal}{fields_text}", value, secs)
            if rate is not None:
                self.emit(f"{legal}_rate", rate, fields, timestamp, id_override, monitor)

    def emit_values(self, values: Mapping[Any, Any], monitor: Any) -> None:
        """Writes several values in one line, ``a=1 b=x``, names and texts nearly as they are."""
        text = " ".join(f"{name}={_unquoted(name, value)}" for name, value in values.items())
        write_text_line(self.monitor if monitor is None else monitor, self._name, text)

    def emit_text(self, text: str) -> None:
        """Writes a ready-made line; line feeds inside stay."""
        write_text_line(self.monitor, self._name, text)

    def _format_fields(self, fields: Mapping[Any, Any]) -> str:
        plan = plan_fields(fields)
        if plan.first_fixed is not None:
            self._warn_of_name("field", plan.first_fixed, legal_name(plan.first_fixed))
        return format_fields(plan, fields)

    def _tell_blacklisted(self, name: str) -> None:
        if self._limit.allows(f"blacklisted {name}", _DAY_SECS):
            self._logger.info(f'Metric "{name}" is in metric_name_blacklist: its values are not written')

    def _warn_of_name(self, kind: str, given: str, written: str) -> None:
        if self._limit.allows(kind, _DAY_SECS):
            self._logger.warning(
                f'Invalid {kind} name "{given}": written as "{written}". A name starts with a letter or "_", holds '
                'letters, digits, ".", "_" and "-", and is not one of logfile, monitor, metric, value, instance, '
                f"severity. Other {kind} names may be invalid too, only the first of a day is reported",
                error_code="client/badMetricName" if kind == "metric" else "client/badFieldName",
            )


def write_text_line(monitor: Any, monitor_name: str, text: str) -> None:
    """Writes free text, or a line that the plugin has put together itself, to the metric log of ``monitor``."""
    line = f"{format_now()} [{monitor_name}] {text}\n"
    sink.current().write_line(monitor, line.encode("utf-8", "backslashreplace"), is_log_line(line))
    monitor.increment_counter(reported_lines=1)


def _careful_line(start: str, value: Any, fields: Optional[Mapping[str, Any]]) -> str:
    """The line of a value when the quick way met a lone surrogate."""
    encode = encode_text if isinstance(value, str) else ENCODER_OF_TYPE.get(type(value)) or encoder_for(value)
    assert encode is not None, "the value was written once before"
    fields_text = format_fields_with_care(plan_fields(fields), fields) if fields else ""
    return f"{start}{encode(value)}{fields_text}\n"


def _unquoted(name: Any, value: Any) -> str:
    if isinstance(value, str):
        return value.replace('"', '\\"')
    encode = ENCODER_OF_TYPE.get(type(value)) or encoder_for(value)
    if encode is None:
        raise UnsupportedValueType.of_value("metric", str(name), value)
    return encode(value)


def _strings(values: Any) -> Iterable[str]:
    return [value for value in values if isinstance(value, str)]


def _rate_metric_names(monitor: Any) -> Iterable[str]:
    """The monitor's own and everybody's; a monitor without a global configuration has none."""
    global_config = getattr(monitor, "_global_config", None)
    if global_config is None:
        return []
    everybodys = getattr(global_config, "calculate_rate_metric_names", None) or ()
    own = getattr(monitor, "get_calculate_rate_metric_names", tuple)()
    return [*_strings(everybodys), *_strings(own or ())]
