"""How the extra fields of a value are laid out, worked out once for each set of names."""

from typing import Any, Callable, Dict, Mapping, NamedTuple, Optional, Tuple

from .json_text import ENCODER_OF_TYPE, encode_text, encoder_for
from .names import legal_name
from .unsupported_value_type import UnsupportedValueType


class FieldPlan(NamedTuple):
    """The names of a dict of extra fields in the order of the line."""

    #: Each name as given, and as it stands in the line: `` name=``.
    columns: Tuple[Tuple[str, str], ...]
    #: The first name that had to be changed.
    first_fixed: Optional[str]


_REMEMBERED_PLANS = 1_000
_plans: Dict[Tuple[Any, ...], FieldPlan] = {}


def plan_fields(fields: Mapping[Any, Any]) -> FieldPlan:
    """The plan for these names: sorted by code point as given, then made legal."""
    names = tuple(fields)
    plan = _plans.get(names)
    if plan is None:
        plan = _make_plan(names)
        if len(_plans) >= _REMEMBERED_PLANS:
            _plans.clear()
        _plans[names] = plan
    return plan


def _make_plan(names: Tuple[Any, ...]) -> FieldPlan:
    columns = []
    first_fixed = None
    for name in sorted(names):
        if not isinstance(name, str):
            raise UnsupportedValueType.of_name("field", name)
        legal = legal_name(name)
        if legal != name and first_fixed is None:
            first_fixed = name
        columns.append((name, f" {legal}="))
    return FieldPlan(tuple(columns), first_fixed)


def format_fields(plan: FieldPlan, fields: Mapping[str, Any]) -> str:
    """The fields with a blank before each: `` a=1 b="x"``."""
    text = ""
    for name, start in plan.columns:
        value = fields[name]
        encode = ENCODER_OF_TYPE.get(type(value)) or _encoder_of(name, value)
        text += start + encode(value)
    return text


def format_fields_with_care(plan: FieldPlan, fields: Mapping[str, Any]) -> str:
    """As ``format_fields``, for fields that hold a lone surrogate somewhere."""
    text = ""
    for name, start in plan.columns:
        value = fields[name]
        encode = encode_text if isinstance(value, str) else ENCODER_OF_TYPE.get(type(value)) or _encoder_of(name, value)
        text += start + encode(value)
    return text


def _encoder_of(name: str, value: Any) -> Callable[[Any], str]:
    encode = encoder_for(value)
    if encode is None:
        raise UnsupportedValueType.of_value("field", legal_name(name), value)
    return encode
