"""Runs one monitor as the collector's messages say."""

import os
import queue
import threading
import time
from typing import Any, Callable, Optional

from .failures import describe_failure
from .message_channel import Message
from .outside import Outside
from .package import Package
from .setup import Setup


class MonitorRunner:
    """A monitor from its making to its end.

    As in the agent, it is made in the thread that asks for it, and sampled in a thread of its own, in which its ``run``
    is: the class's own one when it overrides that, otherwise one that samples when the collector says so.
    """

    def __init__(self, package: Package, outside: Outside) -> None:
        self._package = package
        self._outside = outside
        self._monitor: Any = None
        self._requests: "queue.SimpleQueue[Optional[str]]" = queue.SimpleQueue()
        self._is_stopping = False
        self._is_over = threading.Event()
        self._pid = os.getpid()
        #: What ended the monitor other than an Exception: SystemExit as a rule. For the process to raise.
        self.fatal: Optional[BaseException] = None

    def handle(self, message: Message) -> None:
        """Does what a message says. Returns soon, but for ``start``."""
        kind = message.get("type")
        if kind == "start":
            self._start(Setup.of_message(message))
        elif kind == "gather":
            self._requests.put("gather")
        elif kind == "run":
            self._run_thread(self._monitor.run, own_run=True)
        elif kind == "stop":
            self._stop()

    @property
    def is_over(self) -> bool:
        """Whether the monitor has come to its end, whatever that was."""
        return self._is_over.is_set()

    def _start(self, setup: Setup) -> None:
        try:
            self._monitor = self._package.make_monitor(setup, self._outside)
            description = self._package.describe(self._monitor, setup)
            if not description["drivesItself"]:
                self._run_thread(self._sample_on_request, own_run=False)
        except self._package.configuration_errors as error:
            field = getattr(error, "field", None)
            text = str(error) or type(error).__name__
            self._refuse({"type": "bad-configuration", "message": text, **({"field": field} if field else {})}, text)
        except Exception as error:
            failure = describe_failure(error)
            self._refuse({"type": "start-failed", **failure}, failure["message"])
        except BaseException as error:
            self._die(error)
        else:
            self._outside.send({"type": "started", "description": description})

    def _refuse(self, message: Message, text: str) -> None:
        self._outside.send(message)
        self._end("crashed", f"Could not be started: {text}")

    def _run_thread(self, work: Callable[[], None], *, own_run: bool) -> None:
        def run() -> None:
            try:
                work()
            except Exception as error:
                self._own_run_failed(error)
            except BaseException as error:
                self._die(error)
            else:
                self._run_ended(own_run)

        self._monitor.run = run
        self._monitor.start()

    def _sample_on_request(self) -> None:
        while self._requests.get() is not None:
            failure = None
            try:
                self._monitor.gather_sample()
            except Exception as error:
                failure = describe_failure(error)
                self._monitor.increment_counter(errors=1)
            if os.getpid() != self._pid:
                os._exit(0)  # a process that the plugin has forked and lets run on: it is not the monitor
            self._outside.lines.flush()
            self._outside.send({"type": "done"} if failure is None else {"type": "done", "failure": failure})

    def _own_run_failed(self, error: Exception) -> None:
        failure = describe_failure(error)
        self._outside.lines.flush()
        self._outside.send({"type": "done", "failure": failure})
        self._end("crashed", f"Its run() threw: {failure['message']}")

    def _run_ended(self, own_run: bool) -> None:
        self._outside.lines.flush()
        if own_run:
            self._outside.send({"type": "done"})
        if self._is_stopping:
            self._end("stopped", "Stopped")
        else:
            self._end("finished", "Its run() returned")

    def _stop(self) -> None:
        if self._is_stopping:
            return
        self._is_stopping = True
        self._requests.put(None)
        try:
            self._monitor.stop(wait_on_join=False)
        except Exception as error:
            failure = describe_failure(error)
            text = f"Its stop() threw: {failure['message']}"
            self._outside.diagnose("error", text, time.time(), stack=failure["stack"])
        if not self._monitor.is_alive() and not self._was_started():
            self._end("stopped", "Stopped")

    def _was_started(self) -> bool:
        return self._monitor.ident is not None

    def _die(self, error: BaseException) -> None:
        """The plugin wants the process to end, and so it does, as it would outside of the collector."""
        self.fatal = error
        self._outside.lines.flush()
        self._over()

    def _end(self, reason: str, message: str) -> None:
        self._outside.say_what_was_dropped()
        self._outside.send({"type": "ending", "reason": reason, "message": message})
        self._over()

    def _over(self) -> None:
        if self._monitor is not None:
            self._package.close(self._monitor)
        self._is_over.set()
        self._outside.stop_listening()
