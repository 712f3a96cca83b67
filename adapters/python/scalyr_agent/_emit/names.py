"""Names of metrics and of extra fields, made legal where they are not."""

import re
from typing import Dict

#: Names that Scalyr uses itself; a metric or field of that name gets ``_`` appended.
RESERVED = frozenset(("logfile", "monitor", "metric", "value", "instance", "severity"))

#: Letters and digits of any script count, except in the first place; ``$`` lets a single line break at the end through.
_LEGAL = re.compile(r"[_a-zA-Z][\w.\-]*$")
_LEGAL_START = re.compile(r"[_a-zA-Z]")
_ILLEGAL_CHARACTER = re.compile(r"[^\w.\-]")

_REMEMBERED_NAMES = 10_000
_remembered: Dict[str, str] = {}


def legal_name(name: str) -> str:
    """The name a metric or field is written under: ``1k`` becomes ``sa_1k``, ``a b`` ``a_b``, ``value`` ``value_``.

    Two names may become one; both are then written.
    """
    known = _remembered.get(name)
    if known is not None:
        return known
    legal = _fix(name)
    if len(_remembered) >= _REMEMBERED_NAMES:
        _remembered.clear()
    _remembered[name] = legal
    return legal


def _fix(name: str) -> str:
    if name in RESERVED:
        return name + "_"
    if _LEGAL.match(name):
        return name
    started = name if _LEGAL_START.match(name) else "sa_" + name
    return _ILLEGAL_CHARACTER.sub("_", started)
