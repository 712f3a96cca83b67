"""A thread that can be asked to stop."""

import threading
from typing import Any, Callable, Optional

from .run_state import RunState


class StoppableThread(threading.Thread):
    """Runs ``target``, or ``run_and_propagate`` of a subclass; what that raises is raised again by ``join``."""

    __module__ = "scalyr_agent.util"

    def __init__(
        self,
        name: Optional[str] = None,
        target: Optional[Callable[[RunState], Any]] = None,
        fake_clock: Any = None,
        is_daemon: bool = False,
    ) -> None:
        """``target`` is given the RunState, which it has to look at."""
        super().__init__(name=name)
        self.daemon = is_daemon
        self._run_state = RunState(fake_clock=fake_clock)
        self._stoppable_target = target
        self._raised: Optional[BaseException] = None

    def run(self) -> None:
        """Runs the thread's work and keeps what it raises for ``join``."""
        try:
            self.run_and_propagate()
        except Exception as error:
            self._raised = error

    def run_and_propagate(self) -> None:
        """The thread's work. Overridden by a thread that has no target."""
        if self._stoppable_target is not None:
            self._stoppable_target(self._run_state)

    def stop(self, wait_on_join: bool = True, join_timeout: float = 5) -> None:
        """Asks the thread to stop and waits for it, ``join_timeout`` seconds at the most."""
        self._run_state.stop()
        self._prepare_to_stop()
        if wait_on_join:
            self.join(join_timeout)

    def _prepare_to_stop(self) -> None:
        """Overridden by a thread that has to be woken to notice."""

    def join(self, timeout: Optional[float] = None) -> None:
        """Waits for the end of the thread; raises what it ended with."""
        super().join(timeout)
        raised = getattr(self, "_raised", None)
        if raised is not None:
            self._raised = None
            raise raised

    def is_alive(self) -> bool:
        """False as soon as the thread was asked to stop, even while it is still at work."""
        return self._is_running() and super().is_alive()

    def isAlive(self) -> bool:
        """The name of ``is_alive`` in Python 2."""
        return self.is_alive()

    def _is_running(self) -> bool:
        """Whether it was not asked to stop; true before the thread is set up."""
        state = getattr(self, "_run_state", None)
        return state is None or state.is_running()
