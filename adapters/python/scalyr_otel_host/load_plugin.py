"""Where the modules of a plugin come from."""

import importlib
import os
import sys
from typing import List

from .setup import Setup


def extend_search_path(folders: List[str]) -> None:
    """Appends the folders, as the agent does, so that none of them can hide a module of Python. They stay: a plugin may
    import its neighbours late."""
    sys.path.extend(folder for folder in folders if folder not in sys.path)


def import_plugin(setup: Setup) -> None:
    """Imports the plugin and sees to it that it came from its file. Raises ImportError when another was there first."""
    module = importlib.import_module(setup.module)
    if not setup.plugin_file:
        return
    found = getattr(module, "__file__", None)
    if found is None or not os.path.samefile(found, setup.plugin_file):
        raise ImportError(
            f'Cannot import the plugin "{setup.plugin_file}": Python has another module of the name "{setup.module}", '
            f'"{found or "built in"}"; give the plugin another name'
        )
