"""Which signal a ready-made line is of, also where ``scalyr_agent`` is not ours."""

import importlib.util
import os
from typing import Any

_FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "scalyr_agent", "_emit")


def _load(name: str) -> Any:
    """A module of our package that needs no other one of it, from its file."""
    spec = importlib.util.spec_from_file_location(f"scalyr_otel_host._ours_{name}", os.path.join(_FOLDER, f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


is_log_line = _load("signal").is_log_line
