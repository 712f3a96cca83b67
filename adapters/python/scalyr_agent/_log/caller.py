"""Where in the plugin a message comes from."""

import logging
import os
import sys
from types import FrameType
from typing import Dict, NamedTuple, Optional

_LOGGING_FILES = (os.path.normcase(logging.getLevelName.__code__.co_filename), os.path.dirname(__file__) + os.sep)
_PACKAGE = "scalyr_agent"


class Caller(NamedTuple):
    """A place in the code."""

    path: str
    line: int
    function: str


def find_caller(stacklevel: int = 1) -> Caller:
    """The innermost call that is no part of logging, or ``stacklevel - 1`` calls further out."""
    frame: Optional[FrameType] = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(_LOGGING_FILES):
        frame = frame.f_back
    while stacklevel > 1 and frame is not None and frame.f_back is not None:
        frame = frame.f_back
        stacklevel -= 1
    if frame is None:
        return Caller("(unknown file)", 0, "(unknown function)")
    return Caller(frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name)


_module_names: Dict[str, str] = {}


def module_name_of(path: str) -> str:
    """The dotted name of a file of the agent's package, ``scalyr_agent.util``; the bare name of any other file."""
    name = _module_names.get(path)
    if name is None:
        name = _module_names[path] = _work_out_module_name(path)
    return name


def _work_out_module_name(path: str) -> str:
    start = path.rfind(_PACKAGE)
    inside = path[start:] if start >= 0 else os.path.basename(path)
    return os.path.splitext(inside)[0].replace("\\", "/").replace("/", ".")
