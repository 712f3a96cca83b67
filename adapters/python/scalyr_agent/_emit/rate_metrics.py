"""Rates of change of growing counters, which the configuration asks for."""

import threading
from collections import OrderedDict
from typing import Any, Dict, Iterable, List, Mapping, Optional, Tuple

from .json_text import ENCODER_OF_TYPE, encoder_for

#: Values further apart have no rate: the monitor was off in between.
_LONGEST_GAP_SECS = 660

#: Most series remembered; beyond it the one that was silent longest starts anew.
_REMEMBERED_SERIES = 10_000

_Condition = Tuple[str, str]
_Sample = Tuple[float, float]


class RateMetrics:
    """Follows the metrics named by entries ``module:metric`` or ``module:metric:field=value``."""

    def __init__(self, module: str, entries: Iterable[str]) -> None:
        """Takes the entries for ``module``, the last part of its name; leaves those for others."""
        self._wanted: Dict[str, List[_Condition]] = {}
        self._previous: "OrderedDict[str, _Sample]" = OrderedDict()
        self._lock = threading.Lock()
        #: Entries that are of neither form.
        self.malformed: List[str] = []
        for entry in entries:
            self._take(module, entry)

    def _take(self, module: str, entry: str) -> None:
        parts = entry.split(":", 2)
        field, equals, wanted = parts[2].partition("=") if len(parts) == 3 else ("", "", "")
        if len(parts) < 2 or not all(parts[:2]) or (len(parts) == 3 and not (field and equals)):
            self.malformed.append(entry)
        elif parts[0] == module:
            self._want(parts[1], (field, wanted) if field else None)

    def _want(self, metric: str, condition: Optional[_Condition]) -> None:
        """An empty list of conditions means any line of that metric, and stays so."""
        known = self._wanted.get(metric)
        if condition is None or known == []:
            self._wanted[metric] = []
        else:
            self._wanted[metric] = [*(known or []), condition]

    def __bool__(self) -> bool:
        return bool(self._wanted)

    def wants(self, metric: str, fields: Mapping[str, Any]) -> bool:
        """Whether an entry names this metric, and one of these fields if it names a field."""
        conditions = self._wanted.get(metric)
        if conditions is None:
            return False
        return not conditions or any(_text_of(fields.get(field)) == wanted for field, wanted in conditions)

    def observe(self, series: str, value: Any, secs: float) -> Optional[float]:
        """The change for each second since the value before in the same series, to five decimals.

        None for the first value, for one that is no number, when the value fell, and after a gap of eleven minutes.
        """
        if isinstance(value, (bool, str)) or value != value or abs(value) == float("inf"):
            return None
        with self._lock:
            previous = self._previous.pop(series, None)
            self._previous[series] = (secs, value)
            if len(self._previous) > _REMEMBERED_SERIES:
                self._previous.popitem(last=False)
        if previous is None or value < previous[1]:
            return None
        elapsed = secs - previous[0]
        if not 0 < elapsed < _LONGEST_GAP_SECS:
            return None
        return float(round((value - previous[1]) / elapsed, 5))


def _text_of(value: Any) -> Optional[str]:
    if isinstance(value, str):
        return value
    encode = ENCODER_OF_TYPE.get(type(value)) or encoder_for(value)
    return None if encode is None else encode(value)
