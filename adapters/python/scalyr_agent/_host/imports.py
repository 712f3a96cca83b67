"""Completes Python's search for modules with what plugins expect to find beside the agent."""

import os
import sys
from importlib.machinery import ModuleSpec, SourceFileLoader
from typing import Any, Optional

from .missing_names import MissingModuleFinder

_PACKAGE_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_FALLBACK_FOLDER = os.path.join(os.path.dirname(_PACKAGE_FOLDER), "fallback")


class SixFinder:
    """Offers a module ``six``: the agent always has one, and plugins rely on it. An installed one comes first."""

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Optional[ModuleSpec]:
        """Our six; None for any other module."""
        if fullname != "six":
            return None
        file = os.path.join(_FALLBACK_FOLDER, "six.py")
        spec = ModuleSpec(fullname, SourceFileLoader(fullname, file), origin=file)
        spec.has_location = True
        return spec


def complete_imports() -> None:
    """Appends the finders to ``sys.meta_path``, where they are asked last. Does so once."""
    for finder_class in (SixFinder, MissingModuleFinder):
        if not any(isinstance(finder, finder_class) for finder in sys.meta_path):
            sys.meta_path.append(finder_class())  # type: ignore[arg-type]
