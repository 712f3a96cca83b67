"""Starts monitors for the collector: imports what they need once, then forks a process for each of them."""

import base64
import gc
import importlib
import os
import select
import shutil
import signal
from typing import Any, Dict, NamedTuple, NoReturn, Optional

from . import lost_channel
from .channels import Channels, Connections
from .control import CONTROL_FD
from .line_memory import LineMemory
from .message_channel import Message, MessageChannel
from .settings import Settings

#: What most plugins import, and none is harmed by. Imported here, it is in memory once for all of them.
PRELOADED = ("collections", "datetime", "json", "random", "re", "socket", "subprocess", "tempfile", "traceback")


class Child(NamedTuple):
    """A process that was forked for a monitor."""

    token: str
    #: Where its lines wait to be sent.
    memory: LineMemory


class NewProcess(NamedTuple):
    """What a forked process starts with."""

    channels: Channels
    memory: LineMemory


class Launcher:
    """Forks on request and tells how each process ended.

    It is one thread that never runs code of a plugin, so it can act whatever plugins do: it ends what is left of the
    group of a process that died and, when the collector is gone, all groups.
    """

    def __init__(self, settings: Settings, ready: Message) -> None:
        """``ready`` is what the collector is told first."""
        self._settings = settings
        self._control = MessageChannel(CONTROL_FD)
        self._wakeup, self._wakeup_in = os.pipe()
        os.set_blocking(self._wakeup_in, False)
        os.set_blocking(self._wakeup, False)
        self._children: Dict[int, Child] = {}
        self._control.send({"type": "ready", **ready})

    def serve(self) -> NewProcess:
        """Returns in each forked process. In the launcher itself it does not return."""
        for module in PRELOADED:
            importlib.import_module(module)
        gc.collect()
        gc.freeze()
        signal.set_wakeup_fd(self._wakeup_in, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, _note)
        while True:
            readable, _, _ = select.select([self._control, self._wakeup], [], [])
            if self._wakeup in readable:
                self._empty_wakeup()
                self._report_deaths()
            if self._control in readable:
                messages = self._control.receive()
                if messages is None:
                    self._end_all()
                for message in messages or ():
                    born = self._launch(str(message["token"]))
                    if born is not None:
                        return born

    def _launch(self, token: str) -> Optional[NewProcess]:
        """What the forked process starts with; None in the launcher."""
        try:
            connections = Connections.open(self._settings.socket, token)
            memory = LineMemory()
            pid = os.fork()
        except OSError as error:
            self._control.send({"type": "failed", "token": token, "message": str(error)})
            return None
        if pid == 0:
            return NewProcess(self._become_child(connections), memory)
        connections.close()
        lead_group(pid)
        self._children[pid] = Child(token, memory)
        self._control.send({"type": "launched", "token": token, "pid": pid})
        return None

    def _become_child(self, connections: Connections) -> Channels:
        lead_group(0)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._control.close()
        os.close(self._wakeup)
        os.close(self._wakeup_in)
        for child in self._children.values():
            child.memory.close()
        return connections.become_channels()

    def _report_deaths(self) -> None:
        while self._children:
            # Not reaped yet, it keeps its number, so that the group which is ended is its own.
            dead = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if dead is None:
                return
            kill_group(dead.si_pid)
            _, status = os.waitpid(dead.si_pid, 0)
            child = self._children.pop(dead.si_pid, None)
            if child is not None:
                self._report_death(child, status)

    def _report_death(self, child: Child, status: int) -> None:
        """With the lines that the process had no time to send."""
        offset, rest = child.memory.recover()
        child.memory.close()
        unsent = {"offset": offset, "lines": base64.b64encode(rest).decode()} if rest else {}
        self._control.send({"type": "exited", "token": child.token, "how": describe_status(status), **unsent})

    def _end_all(self) -> NoReturn:
        """The collector is gone, and so is everything that it has started."""
        for pid in self._children:
            kill_group(pid)
        shutil.rmtree(os.path.dirname(self._settings.socket), ignore_errors=True)
        os._exit(0)

    def _empty_wakeup(self) -> None:
        try:
            while os.read(self._wakeup, 1024):
                pass
        except BlockingIOError:
            pass


def lead_group(pid: int) -> None:
    """Puts a new process at the head of a group. Said by both sides of a fork, so that neither can be too late."""
    try:
        os.setpgid(pid, 0)
    except OSError:
        pass


def kill_group(pid: int) -> None:
    """SIGKILL to a process and all that it has started, as far as they are still in its group."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except OSError:
        pass


def describe_status(status: int) -> str:
    """How a process ended: ``with exit code 3``, ``by signal SIGKILL``."""
    if os.WIFSIGNALED(status):
        return f"by signal {_signal_name(os.WTERMSIG(status))}"
    code = os.WEXITSTATUS(status)
    if code == lost_channel.EXIT_CODE:
        return "because it had closed descriptors that are not its own"
    return f"with exit code {code}"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _note(_number: int, _frame: Any) -> None:
    """A handler of Python's own, without which the wakeup descriptor is not written to."""
