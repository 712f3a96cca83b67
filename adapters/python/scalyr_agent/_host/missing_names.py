"""What a plugin is told when it asks for something that this package does not offer."""

import sys
from opcode import opmap
from typing import Any

_PACKAGE = "scalyr_agent"
_ADVICE = (
    "the scalyr_agent package of this collector offers what monitors use as a rule, not the insides of the agent. "
    "To run this monitor with an installed Scalyr agent, set otel.python.scalyr_agent_path in the configuration"
)


def missing_name(module: str, name: str) -> Exception:
    """The error for a module's ``__getattr__``: ImportError for ``from module import name``, else AttributeError."""
    if name.startswith("__") or not _is_import_from(sys._getframe(2)):
        return AttributeError(f'module "{module}" has no attribute "{name}": {_ADVICE}')
    return ImportError(f'Cannot import "{name}" from "{module}": {_ADVICE}', name=module)


def _is_import_from(frame: Any) -> bool:
    code = frame.f_code.co_code
    return 0 <= frame.f_lasti < len(code) and bool(code[frame.f_lasti] == opmap["IMPORT_FROM"])


class MissingModuleFinder:
    """Asked last, when nobody else has found a module."""

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> None:
        """Raises ImportError for a module of the package; leaves all others to Python's own error."""
        if fullname.startswith(_PACKAGE + "."):
            raise ImportError(f'Cannot import "{fullname}": {_ADVICE}', name=fullname)
