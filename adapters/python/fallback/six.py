"""The names of ``six`` that plugins use, for Python 3 alone. Takes effect only where six is not installed."""

import builtins
import functools
import io
import operator
import sys
import types
from importlib import import_module
from importlib.machinery import ModuleSpec
from typing import Any, Dict, NoReturn, Optional, Tuple

__version__ = "1.17.0"

PY2 = False
PY3 = True
PY34 = True

string_types = (str,)
integer_types = (int,)
class_types = (type,)
text_type = str
binary_type = bytes
MAXSIZE = sys.maxsize

StringIO = io.StringIO
BytesIO = io.BytesIO

unichr = chr
byte2int = operator.itemgetter(0)
indexbytes = operator.getitem
iterbytes = iter
next = advance_iterator = builtins.next
callable = builtins.callable
print_ = builtins.print
exec_ = builtins.exec
wraps = functools.wraps
get_method_function = operator.attrgetter("__func__")
get_method_self = operator.attrgetter("__self__")
get_function_code = operator.attrgetter("__code__")
get_function_closure = operator.attrgetter("__closure__")
get_function_defaults = operator.attrgetter("__defaults__")
get_function_globals = operator.attrgetter("__globals__")
create_bound_method = types.MethodType
Iterator = object


def int2byte(number: int) -> bytes:
    """The one byte of that value."""
    return bytes((number,))


def b(literal: str) -> bytes:
    """A literal of ASCII or Latin-1 as bytes."""
    return literal.encode("latin-1")


def u(literal: str) -> str:
    """A literal as text, which it is."""
    return literal


def ensure_binary(s: Any, encoding: str = "utf-8", errors: str = "strict") -> bytes:
    """Bytes as they are, text encoded. Raises TypeError for anything else."""
    if isinstance(s, bytes):
        return s
    if isinstance(s, str):
        return s.encode(encoding, errors)
    raise TypeError(f"expected text or bytes, not {type(s)}")


def ensure_text(s: Any, encoding: str = "utf-8", errors: str = "strict") -> str:
    """Text as it is, bytes decoded. Raises TypeError for anything else."""
    if isinstance(s, str):
        return s
    if isinstance(s, bytes):
        return s.decode(encoding, errors)
    raise TypeError(f"expected text or bytes, not {type(s)}")


ensure_str = ensure_text


def iterkeys(d: Any, **options: Any) -> Any:
    """The keys of a mapping, one by one."""
    return iter(d.keys(**options))


def itervalues(d: Any, **options: Any) -> Any:
    """The values of a mapping, one by one."""
    return iter(d.values(**options))


def iteritems(d: Any, **options: Any) -> Any:
    """The keys of a mapping with their values, one by one."""
    return iter(d.items(**options))


viewkeys = operator.methodcaller("keys")
viewvalues = operator.methodcaller("values")
viewitems = operator.methodcaller("items")


def get_unbound_function(unbound: Any) -> Any:
    """The function of a method looked up on its class, which it is."""
    return unbound


def reraise(tp: Any, value: Optional[BaseException], tb: Any = None) -> NoReturn:
    """Raises an exception with the traceback it had."""
    raised = tp() if value is None else value
    raise raised.with_traceback(tb)


def raise_from(value: BaseException, from_value: Optional[BaseException]) -> NoReturn:
    """Raises an exception that another one caused."""
    raise value from from_value


def with_metaclass(meta: Any, *bases: Any) -> Any:
    """A base for a class that shall have a metaclass: ``class A(with_metaclass(Meta, Base))``."""

    class Meanwhile(type):
        """Steps aside as soon as the class itself is made."""

        def __new__(cls, name: str, _bases: Any, namespace: Dict[str, Any]) -> Any:
            return meta(name, types.resolve_bases(bases), namespace)

        @classmethod
        def __prepare__(cls, name: str, _bases: Any) -> Any:
            return meta.__prepare__(name, bases)

    return type.__new__(Meanwhile, "Meanwhile", (), {})


def add_metaclass(meta: Any) -> Any:
    """A decorator that makes a class anew with a metaclass."""

    def make_anew(cls: Any) -> Any:
        namespace = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
        slots = namespace.get("__slots__", ())
        for slot in (slots,) if isinstance(slots, str) else slots:
            namespace.pop(slot, None)
        return meta(cls.__name__, cls.__bases__, namespace)

    return make_anew


def python_2_unicode_compatible(cls: Any) -> Any:
    """A decorator for classes whose ``__str__`` gives text, as all do."""
    return cls


#: Names of ``six.moves`` that are modules.
_MOVED_MODULES = {
    "_thread": "_thread",
    "BaseHTTPServer": "http.server",
    "CGIHTTPServer": "http.server",
    "SimpleHTTPServer": "http.server",
    "builtins": "builtins",
    "collections_abc": "collections.abc",
    "configparser": "configparser",
    "copyreg": "copyreg",
    "cPickle": "pickle",
    "email_mime_base": "email.mime.base",
    "email_mime_multipart": "email.mime.multipart",
    "email_mime_text": "email.mime.text",
    "html_entities": "html.entities",
    "html_parser": "html.parser",
    "http_client": "http.client",
    "http_cookiejar": "http.cookiejar",
    "http_cookies": "http.cookies",
    "queue": "queue",
    "reprlib": "reprlib",
    "socketserver": "socketserver",
    "urllib": "urllib",
    "urllib_error": "urllib.error",
    "urllib_parse": "urllib.parse",
    "urllib_robotparser": "urllib.robotparser",
    "xmlrpc_client": "xmlrpc.client",
    "xmlrpc_server": "xmlrpc.server",
}

#: Names of ``six.moves`` that stand in a module.
_MOVED_NAMES: Dict[str, Tuple[str, str]] = {
    "UserDict": ("collections", "UserDict"),
    "UserList": ("collections", "UserList"),
    "UserString": ("collections", "UserString"),
    "StringIO": ("io", "StringIO"),
    "cStringIO": ("io", "StringIO"),
    "filter": ("builtins", "filter"),
    "filterfalse": ("itertools", "filterfalse"),
    "getcwd": ("os", "getcwd"),
    "getcwdb": ("os", "getcwdb"),
    "getoutput": ("subprocess", "getoutput"),
    "input": ("builtins", "input"),
    "intern": ("sys", "intern"),
    "map": ("builtins", "map"),
    "range": ("builtins", "range"),
    "reduce": ("functools", "reduce"),
    "reload_module": ("importlib", "reload"),
    "shlex_quote": ("shlex", "quote"),
    "xrange": ("builtins", "range"),
    "zip": ("builtins", "zip"),
    "zip_longest": ("itertools", "zip_longest"),
}

_URLLIB_PARTS = ("error", "parse", "request", "response", "robotparser")


class _Moves(types.ModuleType):
    """``six.moves``: what has another name in Python 3, loaded when it is used."""

    __path__: Any = []

    def __getattr__(self, name: str) -> Any:
        if name == "urllib":
            value: Any = import_module("six.moves.urllib")
        elif name in _MOVED_MODULES:
            value = import_module(_MOVED_MODULES[name])
        elif name in _MOVED_NAMES:
            module, inside = _MOVED_NAMES[name]
            value = getattr(import_module(module), inside)
        else:
            raise AttributeError(f'module "six.moves" has no attribute "{name}"')
        setattr(self, name, value)
        return value


class _Urllib(types.ModuleType):
    """``six.moves.urllib``: its parts are loaded when they are used, without being imported by name."""

    __path__: Any = []

    def __getattr__(self, name: str) -> Any:
        if name not in _URLLIB_PARTS:
            raise AttributeError(f'module "six.moves.urllib" has no attribute "{name}"')
        return import_module(f"urllib.{name}")


class _MovedModuleFinder:
    """Finds ``six.moves.x`` as the module that x is now: the very same, not a copy."""

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Optional[ModuleSpec]:
        package, _, name = fullname.rpartition(".")
        moved = None
        if package == "six.moves":
            moved = _MOVED_MODULES.get(name)
        elif package == "six.moves.urllib" and name in _URLLIB_PARTS:
            moved = f"urllib.{name}"
        return None if moved is None else ModuleSpec(fullname, _MovedModuleLoader(moved))  # type: ignore[arg-type]


class _MovedModuleLoader:
    """Gives the module under its new name."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._spec: Any = None

    def create_module(self, spec: ModuleSpec) -> Any:
        module = import_module(self._name)
        self._spec = module.__spec__
        return module

    def exec_module(self, module: Any) -> None:
        module.__spec__ = self._spec


moves = _Moves("six.moves")
sys.modules["six.moves"] = moves
sys.modules["six.moves.urllib"] = _Urllib("six.moves.urllib")
sys.meta_path.append(_MovedModuleFinder())  # type: ignore[arg-type]
