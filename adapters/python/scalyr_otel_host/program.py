"""The program from its command line to its exit code."""

import os
import signal
import sys
import threading
from typing import List, Optional

from .buffered_lines import BufferedLines
from .channels import Channels, inherited
from .control import CONTROL_FD
from .import_package import import_package
from .launcher import Launcher
from .line_channel import LineChannel
from .message_channel import MessageChannel, wait_for_end
from .monitor_runner import MonitorRunner
from .outside import Lines, Outside
from .package import Package
from .printing import print_lines_at_once
from .privileges import User, find_user
from .settings import Settings
from .shared_process import SharedProcess

#: How long threads that a plugin has left behind may hold up the end of its process.
_END_GRACE_SECS = 1.0


def main(arguments: List[str]) -> int:
    """``run``: the process is for one monitor; ``serve``: it starts monitors on request."""
    settings = Settings.parse(arguments[1]) if len(arguments) > 1 else Settings()
    if arguments[:1] != ["serve"]:
        channels = inherited()
        return run(import_package(settings), channels, LineChannel(channels.lines))
    return serve(settings)


def serve(settings: Settings) -> int:
    """Starts monitors on request, and returns in each process that was forked for one."""
    try:
        package = import_package(settings)
        user = None if settings.user is None else find_user(settings.user)
    except Exception as error:
        MessageChannel(CONTROL_FD).send({"type": "unusable", "message": f"{type(error).__name__}: {error}"})
        return 1
    ready = {"version": _version(), "executable": sys.executable}
    if settings.shared:
        _become(user)
        print_lines_at_once()
        SharedProcess(package, settings, ready).serve()
    channels, memory = Launcher(settings, ready).serve()
    _become(user)
    return run(package, channels, BufferedLines(channels.lines, memory))


def _become(user: Optional[User]) -> None:
    if user is not None and user.uid != os.getuid():
        user.become()


def run(package: Package, channels: Channels, lines: Lines) -> int:
    """Runs one monitor until it has ended, or the collector is gone."""
    print_lines_at_once()
    threading.Thread(target=_die_with_collector, args=(channels.lifeline,), name="lifeline", daemon=True).start()
    messages = MessageChannel(channels.messages)
    runner = MonitorRunner(package, Outside(lines, messages))
    for message in messages:
        runner.handle(message)
    if not runner.is_over:
        _end_group()
    _end_soon(exit_code=0 if runner.fatal is None else 1)
    if runner.fatal is not None:
        raise runner.fatal
    return 0


def _die_with_collector(lifeline: int) -> None:
    wait_for_end(lifeline)
    _end_group()


def _end_group() -> None:
    """Ends this process and all that it has started, as far as it leads a group of its own."""
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _end_soon(exit_code: int) -> None:
    """Threads of the plugin that do not end hold up the end of the process only so long."""
    timer = threading.Timer(_END_GRACE_SECS, os._exit, (exit_code,))
    timer.daemon = True
    timer.start()


def _version() -> str:
    return ".".join(str(part) for part in sys.version_info[:3])
