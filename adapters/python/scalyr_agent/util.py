"""Small things monitors use."""

from typing import Any, List

from ._emit.json_text import encode_json
from ._host.missing_names import missing_name
from ._threads.run_state import RunState
from ._threads.stoppable_thread import StoppableThread
from ._tools.histogram import HistogramTracker
from ._tools.json_files import JsonReadFileException, atomic_write_dict_as_json_file, read_file_as_json
from .date_parsing_utils import rfc3339_to_datetime, rfc3339_to_nanoseconds_since_epoch

__all__ = [
    "HistogramTracker",
    "JsonReadFileException",
    "RunState",
    "StoppableThread",
    "atomic_write_dict_as_json_file",
    "get_json_lib",
    "get_parser_from_config",
    "get_web_url_from_upload_url",
    "is_list_of_strings",
    "json_decode",
    "json_encode",
    "match_glob",
    "read_file_as_json",
    "rfc3339_to_datetime",
    "rfc3339_to_nanoseconds_since_epoch",
    "seconds_since_epoch",
    "set_json_lib",
]


def json_encode(obj: Any, output: Any = None, binary: bool = False) -> Any:
    """A value as JSON text without blanks; as bytes with ``binary``; written to ``output`` if that is given."""
    text = encode_json(obj)
    result = text.encode("utf-8") if binary else text
    if output is not None:
        output.write(result)
    return result


def json_decode(text: Any) -> Any:
    """The value in a JSON text, made of dicts and lists."""
    from json import loads

    return loads(text)


def get_json_lib() -> str:
    """The name of the agent's encoder of JSON; values are written in the form of ``orjson``, whatever is installed."""
    return "orjson"


def set_json_lib(lib: str) -> None:
    """Accepted for the sake of plugins that choose; there is one encoder only."""


def match_glob(pathname: str) -> List[str]:
    """The paths that match a pattern; ``**`` stands for any folders."""
    from glob import glob

    return glob(pathname, recursive=True)


def is_list_of_strings(vals: Any) -> bool:
    """Whether every one of some values is a string."""
    try:
        return all(isinstance(value, str) for value in vals)
    except TypeError:
        return False


def seconds_since_epoch(date_time: Any, epoch: Any = None) -> float:
    """A datetime, in UTC if it says nothing else, as seconds since 1970 or since ``epoch``."""
    from datetime import datetime

    start = epoch or datetime(1970, 1, 1, tzinfo=date_time.tzinfo)
    elapsed: float = (date_time - start).total_seconds()
    return elapsed


def get_parser_from_config(base_config: Any, attributes: Any, default_parser: str) -> str:
    """The parser of a log: what its settings say, then what its attributes say, then the default."""
    for source in (base_config, attributes):
        parser = source.get("parser", None) if "parser" in source else None
        if parser:
            return str(parser)
    return default_parser


def get_web_url_from_upload_url(upload_url: str) -> str:
    """The address of the web site of the server that values are uploaded to."""
    for upload, web in (("agent.", "www."), ("upload.", "www.")):
        start, found, host = upload_url.partition("://" + upload)
        if found:
            return f"{start}://{web}{host}"
    return upload_url


def __getattr__(name: str) -> Any:
    raise missing_name(__name__, name)
