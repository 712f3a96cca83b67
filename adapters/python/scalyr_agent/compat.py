"""What once hid the differences between Python 2 and 3."""

import os
import struct
from collections import defaultdict as custom_defaultdict
from typing import Any, Optional

from ._host.missing_names import missing_name

__all__ = [
    "custom_any",
    "custom_defaultdict",
    "find_executable",
    "os_environ_unicode",
    "os_getcwd_unicode",
    "os_getenv_unicode",
    "struct_pack_unicode",
    "struct_unpack_unicode",
]

custom_any = any
os_environ_unicode = os.environ
os_getcwd_unicode = os.getcwd
struct_pack_unicode = struct.pack
struct_unpack_unicode = struct.unpack


def os_getenv_unicode(name: str, default: Optional[str] = None) -> Optional[str]:
    """The value of an environment variable."""
    return os.environ.get(name, default)


def find_executable(executable: str) -> Optional[str]:
    """Where on the PATH a program is."""
    from shutil import which

    return which(executable)


def __getattr__(name: str) -> Any:
    raise missing_name(__name__, name)
