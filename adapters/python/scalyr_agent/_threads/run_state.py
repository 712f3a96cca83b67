"""Whether something shall go on running."""

import threading
from typing import Any, Callable, List


class RunState:
    """Is running until it is stopped, once and for good. May be used from any thread."""

    __module__ = "scalyr_agent.util"

    def __init__(self, fake_clock: Any = None) -> None:
        """With a ``fake_clock``, waiting is that clock's business: its ``simulate_waiting()`` is called instead."""
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._callbacks: List[Callable[[], Any]] = []
        self._fake_clock = fake_clock

    def is_running(self) -> bool:
        """False from the moment of ``stop`` on."""
        return not self._stopped.is_set()

    def sleep_but_awaken_if_stopped(self, timeout: float) -> bool:
        """Waits for so many seconds, or until stopped: then True."""
        if self._fake_clock is not None:
            if self.is_running():
                self._fake_clock.simulate_waiting()
            return not self.is_running()
        return self._stopped.wait(min(max(timeout, 0.0), threading.TIMEOUT_MAX))

    def stop(self) -> None:
        """Ends all waiting and calls the callbacks, in the order of their registration."""
        with self._lock:
            callbacks, self._callbacks = self._callbacks, []
            self._stopped.set()
        for callback in callbacks:
            callback()

    def register_on_stop_callback(self, callback: Callable[[], Any]) -> None:
        """Has ``callback`` called on stop; at once when that was before."""
        with self._lock:
            if self.is_running():
                self._callbacks.append(callback)
                return
        callback()

    def remove_on_stop_callback(self, callback: Callable[[], Any]) -> None:
        """Has ``callback`` no longer called."""
        with self._lock:
            if callback in self._callbacks:
                self._callbacks.remove(callback)
