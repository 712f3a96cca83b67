"""Lets a thing through at most once in a while."""

import threading
import time
from typing import Dict

#: Most keys remembered; beyond it the one that was let through longest ago is forgotten.
_REMEMBERED_KEYS = 10_000


class OnceLimit:
    """Remembers for each key when it was let through last."""

    def __init__(self) -> None:
        self._let_through: Dict[str, float] = {}
        self._lock = threading.Lock()

    def allows(self, key: str, secs: float) -> bool:
        """True at most once in ``secs`` seconds for the same key; a clock that was set back lets it through."""
        now = time.time()
        with self._lock:
            before = self._let_through.get(key)
            if before is not None and before <= now < before + secs:
                return False
            self._let_through.pop(key, None)
            self._let_through[key] = now
            if len(self._let_through) > _REMEMBERED_KEYS:
                del self._let_through[next(iter(self._let_through))]
            return True
