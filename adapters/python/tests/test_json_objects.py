"""JsonObject, JsonArray and arrays of strings."""

import copy
import unittest

from scalyr_agent import json_lib
from scalyr_agent.json_lib import (
    ArrayOfStrings,
    JsonArray,
    JsonConversionException,
    JsonMissingFieldException,
    JsonObject,
    SpaceAndCommaSeparatedArrayOfStrings,
)
from scalyr_agent.util import json_decode, json_encode


class JsonObjectTest(unittest.TestCase):
    """Access to fields."""

    def test_a_missing_field_is_an_error_unless_one_says_otherwise(self) -> None:
        fields = JsonObject({"a": 1})
        self.assertEqual(fields.get("a"), 1)
        self.assertEqual(fields.get("b", 2), 2)
        self.assertIsNone(fields.get("b", none_if_missing=True))
        with self.assertRaisesRegex(JsonMissingFieldException, '"b" is missing'):
            fields.get("b")

    def test_typed_access_converts_numbers_and_refuses_the_rest(self) -> None:
        fields = json_lib.parse('{i: 5, f: 5.5, t: "7", b: true, o: {x: 1}, a: [1]}')
        self.assertEqual((fields.get_int("f"), fields.get_long("t"), fields.get_float("i")), (5, 7, 5.0))
        self.assertEqual((fields.get_string("i"), fields.get_bool("b")), ("5", True))
        self.assertEqual(fields.get_json_object("o").get("x"), 1)
        self.assertEqual(list(fields.get_json_array("a")), [1])
        for call in [
            lambda: fields.get_int("b"),
            lambda: fields.get_bool("i"),
            lambda: fields.get_string("o"),
            lambda: fields.get_json_object("a"),
            lambda: fields.get_json_array("o"),
        ]:
            with self.assertRaises(JsonConversionException):
                call()

    def test_putting_none_deletes(self) -> None:
        fields = JsonObject({"a": 1}, b=2)
        fields.put("a", None)
        fields["b"] = None
        self.assertEqual((len(fields), fields), (0, {}))

    def test_is_read_like_a_dict(self) -> None:
        fields = JsonObject({"a": 1})
        self.assertEqual(
            (list(fields.keys()), list(fields.values()), list(fields.items()), "a" in fields, dict(fields)),
            (["a"], [1], [("a", 1)], True, {"a": 1}),
        )
        self.assertEqual((str(fields), fields == JsonObject({"a": 1}), fields == {"a": 2}), ("{'a': 1}", True, False))

    def test_a_copy_is_its_own(self) -> None:
        fields = json_lib.parse("{o: {x: 1}}")
        deep, flat = copy.deepcopy(fields), fields.copy()
        fields.get_json_object("o").put("x", 2)
        self.assertEqual((deep.get("o"), flat.get("o")), ({"x": 1}, {"x": 2}))
        self.assertEqual(fields.get_or_create_json_object("new"), {})


class ArrayTest(unittest.TestCase):
    """Access to items."""

    def test_counts_from_zero_and_has_no_negative_index(self) -> None:
        items = JsonArray("a", "b")
        self.assertEqual((items[1], len(items), list(items), "b" in items), ("b", 2, ["a", "b"], True))
        for index in [-1, 2]:
            with self.assertRaises(IndexError):
                items[index]

    def test_gives_the_objects_in_it(self) -> None:
        items = json_lib.parse("[{a: 1}, {a: 2}]")
        self.assertEqual([item.get("a") for item in items.json_objects()], [1, 2])
        with self.assertRaises(JsonConversionException):
            JsonArray(1).get_json_object(0)

    def test_strings_may_be_given_as_one(self) -> None:
        self.assertEqual(list(ArrayOfStrings(" ['a', \"b c\",, d] ")), ["a", "b c", "d"])
        self.assertEqual(list(SpaceAndCommaSeparatedArrayOfStrings("a b,c")), ["a", "b", "c"])
        self.assertEqual(ArrayOfStrings(["x"])._items, ["x"])
        self.assertEqual(list(ArrayOfStrings()), [])
        with self.assertRaises(TypeError):
            ArrayOfStrings(["x", 5])


class JsonTextTest(unittest.TestCase):
    """Values as JSON."""

    def test_writes_without_blanks_in_the_form_of_metric_lines(self) -> None:
        value = json_lib.parse('{a: [1, 1.0, 1e22, 1e-5], b: {c: "é\\"", d: true}}')
        self.assertEqual(json_encode(value), '{"a":[1,1.0,1e22,0.00001],"b":{"c":"é\\"","d":true}}')
        self.assertEqual(json_lib.serialize({"a": (None, float("inf"))}), '{"a":[null,null]}')
        self.assertEqual(json_encode("é", binary=True), b'"\xc3\xa9"')

    def test_refuses_what_json_cannot_hold(self) -> None:
        for value in [object(), {1: 2}, [b"x"]]:
            with self.assertRaises(TypeError):
                json_encode(value)

    def test_reads_dicts_and_lists(self) -> None:
        self.assertEqual(json_decode('{"a": [1]}'), {"a": [1]})
