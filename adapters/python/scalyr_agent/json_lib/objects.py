"""What JSON is read into: objects and arrays with the access that monitors are used to."""

import re
from typing import Any, Dict, Iterable, Iterator, KeysView, List, Optional, Sequence, ValuesView

from .._host.missing_names import missing_name
from .exceptions import JsonConversionException, JsonMissingFieldException

_MISSING = object()


class JsonObject:
    """A JSON object. A field that is null does not exist: putting None deletes it."""

    def __init__(self, content: Optional[Dict[str, Any]] = None, **fields: Any) -> None:
        """``content`` is kept, not copied; ``fields`` are added to it."""
        self._map: Dict[str, Any] = {} if content is None else content
        self._map.update(fields)

    def get(self, field: str, default_value: Any = _MISSING, none_if_missing: bool = False) -> Any:
        """The value of a field; for a missing one the default, or None; raises JsonMissingFieldException otherwise."""
        if field in self._map:
            return self._map[field]
        if default_value is not _MISSING:
            return default_value
        if none_if_missing:
            return None
        raise JsonMissingFieldException(f'The required field "{field}" is missing.')

    def _get_typed(self, field: str, types: Any, wanted: str, default: Any, none_if_missing: bool) -> Any:
        value = self.get(field, default, none_if_missing)
        if field not in self._map or (isinstance(value, types) and (wanted == "bool" or not isinstance(value, bool))):
            return value
        raise JsonConversionException(f'The value of field "{field}" is of {type(value)}, not {wanted}: "{value}"')

    def get_bool(self, field: str, default_value: Any = _MISSING, none_if_missing: bool = False) -> Any:
        """The value of a field that is true or false."""
        return self._get_typed(field, bool, "bool", default_value, none_if_missing)

    def get_int(self, field: str, default_value: Any = _MISSING, none_if_missing: bool = False) -> Any:
        """The value of a field that is a number, cut off to a whole one."""
        return self._converted(field, int, default_value, none_if_missing)

    get_long = get_int

    def get_float(self, field: str, default_value: Any = _MISSING, none_if_missing: bool = False) -> Any:
        """The value of a field that is a number, as a float."""
        return self._converted(field, float, default_value, none_if_missing)

    def _converted(self, field: str, to: Any, default: Any, none_if_missing: bool) -> Any:
        value = self.get(field, default, none_if_missing)
        if field not in self._map:
            return value
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            raise JsonConversionException(f'The value of field "{field}" is of {type(value)}, not a number: "{value}"')
        try:
            return to(value)
        except ValueError as error:
            raise JsonConversionException(f'The value of field "{field}" is no number: "{value}"') from error

    def get_string(self, field: str, default_value: Any = _MISSING, none_if_missing: bool = False) -> Any:
        """The value of a field as a string; a number is turned into one."""
        value = self.get(field, default_value, none_if_missing)
        if field not in self._map or isinstance(value, str):
            return value
        if isinstance(value, (bool, int, float)):
            return str(value)
        raise JsonConversionException(f'The value of field "{field}" is of {type(value)}, not a string: "{value}"')

    def get_json_object(self, field: str, default_value: Any = _MISSING, none_if_missing: bool = False) -> Any:
        """The value of a field that is an object."""
        return self._get_typed(field, JsonObject, "JsonObject", default_value, none_if_missing)

    def get_or_create_json_object(self, field: str) -> "JsonObject":
        """The value of a field that is an object; a new empty one when it is missing."""
        if field not in self._map:
            self._map[field] = JsonObject()
        created: JsonObject = self.get_json_object(field)
        return created

    def get_json_array(self, field: str, default_value: Any = _MISSING, none_if_missing: bool = False) -> Any:
        """The value of a field that is an array."""
        return self._get_typed(field, JsonArray, "JsonArray", default_value, none_if_missing)

    def put(self, field: str, value: Any) -> "JsonObject":
        """Sets a field; None deletes it."""
        if value is None:
            self._map.pop(field, None)
        else:
            self._map[field] = value
        return self

    def update(self, other: Any) -> None:
        """Sets all fields of another object or dict."""
        for field, value in other.items():
            self.put(field, value)

    def pop(self, field: str, default: Any = None) -> Any:
        """Removes a field and gives its value."""
        return self._map.pop(field, default)

    def copy(self) -> "JsonObject":
        """An object of its own with the same values."""
        return type(self)(dict(self._map))

    def to_dict(self) -> Dict[str, Any]:
        """The fields as a dict; nested values stay what they are."""
        return dict(self._map)

    to_python = to_dict

    def keys(self) -> KeysView[str]:
        """The names of the fields."""
        return self._map.keys()

    def values(self) -> ValuesView[Any]:
        """The values of the fields."""
        return self._map.values()

    def items(self) -> Any:
        """Names with their values."""
        return self._map.items()

    def iteritems(self) -> Iterator[Any]:
        """Names with their values, one by one."""
        return iter(self._map.items())

    def __iter__(self) -> Iterator[str]:
        return iter(self._map)

    def __getitem__(self, field: str) -> Any:
        return self.get(field)

    def __setitem__(self, field: str, value: Any) -> None:
        self.put(field, value)

    def __delitem__(self, field: str) -> None:
        del self._map[field]

    def __contains__(self, field: object) -> bool:
        return field in self._map

    def __len__(self) -> int:
        return len(self._map)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, JsonObject):
            return self._map == other._map
        return self._map == other if isinstance(other, dict) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._map)

    def __deepcopy__(self, memo: Any) -> "JsonObject":
        from copy import deepcopy

        return type(self)(deepcopy(self._map, memo))


class JsonArray:
    """A JSON array."""

    def __init__(self, *values: Any) -> None:
        self._items: List[Any] = list(values)

    def add(self, value: Any) -> "JsonArray":
        """Appends a value."""
        self._items.append(value)
        return self

    append = add

    def get(self, index: int) -> Any:
        """The value at an index from 0 on."""
        return self[index]

    def get_json_object(self, index: int) -> JsonObject:
        """The value at an index, which is an object."""
        value = self[index]
        if not isinstance(value, JsonObject):
            raise JsonConversionException(f'The value at index {index} is of {type(value)}, not JsonObject: "{value}"')
        return value

    def json_objects(self) -> Iterator[JsonObject]:
        """The values one by one, which are objects."""
        for index in range(len(self._items)):
            yield self.get_json_object(index)

    def to_list(self) -> List[Any]:
        """The values as a list; nested values stay what they are."""
        return list(self._items)

    to_python = to_list

    def __getitem__(self, index: int) -> Any:
        if isinstance(index, slice) or index < 0 or index >= len(self._items):
            raise IndexError(f"The index {index} is out of range: the array has {len(self._items)} values")
        return self._items[index]

    def __setitem__(self, index: int, value: Any) -> None:
        self[index]
        self._items[index] = value

    def __contains__(self, value: object) -> bool:
        return value in self._items

    def __iter__(self) -> Iterator[Any]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, JsonArray):
            return self._items == other._items
        return self._items == other if isinstance(other, list) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._items)


class ArrayOfStrings(JsonArray):
    """An array of strings only, which may be given as one string: ``a, b`` or ``["a", "b"]``."""

    _separator = re.compile(",")

    def __init__(self, values: Any = None, separators: Optional[Sequence[str]] = None) -> None:
        """Raises TypeError for a value that is no string."""
        super().__init__()
        if isinstance(values, str):
            pattern = self._separator if separators is None else re.compile("|".join(map(re.escape, separators)))
            values = _split(values, pattern)
        for value in values or ():
            self.add(value)

    def add(self, value: Any) -> "ArrayOfStrings":
        """Appends a string."""
        if not isinstance(value, str):
            raise TypeError(f'Cannot add a value of {type(value)} to an array of strings: "{value}"')
        self._items.append(value)
        return self

    append = add


class SpaceAndCommaSeparatedArrayOfStrings(ArrayOfStrings):
    """An array of strings that may be given as one string, separated by commas or blanks."""

    _separator = re.compile(r"[\s,]+")


def _split(text: str, separator: "re.Pattern[str]") -> Iterable[str]:
    """The parts between separators, without brackets around all and quotes around each; empty parts are left out."""
    inside = text.strip()
    if inside.startswith("[") and inside.endswith("]"):
        inside = inside[1:-1]
    parts = (part.strip().strip("'\"") for part in separator.split(inside))
    return [part for part in parts if part]


def __getattr__(name: str) -> Any:
    raise missing_name(__name__, name)
