"""The parser of Scalyr's JSON against what the agent's makes of the same texts."""

import json
import unittest
from typing import Any, Iterator, List

from scalyr_agent import json_lib

from .support import golden


def outcome(text: Any) -> str:
    """What parsing gives, in the words of the recording."""
    try:
        return f"OK  {_plain(json_lib.parse(text))!r}"
    except json_lib.JsonParseException as error:
        return f"ERR {error}"
    except Exception as error:
        return f"EXC {type(error).__name__}: {error}"


def _plain(value: Any) -> Any:
    if isinstance(value, json_lib.JsonObject):
        return {name: _plain(member) for name, member in value.items()}
    if isinstance(value, json_lib.JsonArray):
        return [_plain(item) for item in value]
    return value


def _records(labels: List[str]) -> Iterator[str]:
    """What was recorded under each label, in their order; a record may have several lines."""
    remaining = golden("json_lib.txt")
    for following in [*labels[1:], "check_duplicate_keys=True:"]:
        record, _, rest = remaining.partition(f"\n{following} ")
        yield record
        remaining = rest


class GoldenJsonLibTest(unittest.TestCase):
    """108 texts."""

    maxDiff = None

    def test_reads_what_the_agent_reads_and_refuses_the_rest_in_its_words(self) -> None:
        cases = json.loads(golden("json_lib_cases.json"))
        self.assertEqual(len(cases), 108)
        for (label, text), record in zip(cases, _records([label.strip() for label, _ in cases])):
            with self.subTest(label):
                self.assertEqual(record[-len(outcome(text)) - 1 :], f" {outcome(text)}")

    def test_reads_bytes_as_utf_8(self) -> None:
        self.assertEqual(outcome(b'{a: "\xc3\xa9"}'), "OK  {'a': 'é'}")

    def test_refuses_a_name_that_stands_there_twice_where_it_is_told_to(self) -> None:
        with self.assertRaises(json_lib.JsonParseException) as caught:
            json_lib.parse("{a: 1, a: 2}", check_duplicate_keys=True)
        self.assertEqual(str(caught.exception), "Duplicate key [a] (line 1, byte position 0)")
