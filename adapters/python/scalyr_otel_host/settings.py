"""What the collector says when it starts the program."""

import json
from typing import NamedTuple, Optional


class Settings(NamedTuple):
    """The command line: one JSON object, whose names are in camel case."""

    #: Folder of an installed agent's ``scalyr_agent`` package, to be used instead of ours.
    scalyr_agent_path: Optional[str] = None
    #: Name of the user that monitors run as.
    user: Optional[str] = None
    #: Path of the socket at which the collector waits for the channels of new monitors.
    socket: str = ""
    #: Whether monitors share this process instead of getting one each.
    shared: bool = False

    @classmethod
    def parse(cls, text: str) -> "Settings":
        """Reads the JSON; what it does not know, it leaves alone."""
        given = json.loads(text)
        return cls(
            scalyr_agent_path=given.get("scalyrAgentPath"),
            user=given.get("user"),
            socket=given.get("socket", ""),
            shared=given.get("shared", False),
        )
