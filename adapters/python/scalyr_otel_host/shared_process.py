"""One process for several monitors, each in threads of its own, as they are in the agent."""

import os
import shutil
import signal
import threading
from typing import NoReturn

from .channels import Connections
from .control import CONTROL_FD
from .line_channel import LineChannel
from .message_channel import Message, MessageChannel
from .monitor_runner import MonitorRunner
from .outside import Outside
from .package import Package
from .settings import Settings


class SharedProcess:
    """Starts a thread for each monitor that the collector asks for. What ends the process ends them all."""

    def __init__(self, package: Package, settings: Settings, ready: Message) -> None:
        """``ready`` is what the collector is told first."""
        self._package = package
        self._settings = settings
        self._control = MessageChannel(CONTROL_FD)
        self._control.send({"type": "ready", **ready})

    def serve(self) -> NoReturn:
        """Returns never: when the collector is gone, so is this process, with all that its monitors have started."""
        for message in self._control:
            self._launch(str(message["token"]))
        shutil.rmtree(os.path.dirname(self._settings.socket), ignore_errors=True)
        os.killpg(0, signal.SIGKILL)
        os._exit(1)

    def _launch(self, token: str) -> None:
        try:
            connections = Connections.open(self._settings.socket, token)
        except OSError as error:
            self._control.send({"type": "failed", "token": token, "message": str(error)})
            return
        self._control.send({"type": "launched", "token": token, "pid": os.getpid()})
        threading.Thread(target=self._live, args=(token, connections), name=f"host {token}", daemon=True).start()

    def _live(self, token: str, connections: Connections) -> None:
        """The life of one monitor; it is made in this thread. What it prints goes the way of the process."""
        connections.stdout.close()
        connections.stderr.close()
        channels = connections.as_channels()
        messages = MessageChannel(channels.messages)
        runner = MonitorRunner(self._package, Outside(LineChannel(channels.lines), messages))
        for message in messages:
            runner.handle(message)
        messages.close()
        os.close(channels.lines)
        os.close(channels.lifeline)
        self._control.send({"type": "exited", "token": token, "how": _how(runner)})


def _how(runner: MonitorRunner) -> str:
    if isinstance(runner.fatal, SystemExit):
        return f"with exit code {runner.fatal.code or 0}"
    return "by itself" if runner.fatal is None else f"by {type(runner.fatal).__name__}"
