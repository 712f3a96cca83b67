"""Running monitors as another user than the collector."""

import os
import pwd
from typing import NamedTuple


class User(NamedTuple):
    """A user of this machine."""

    name: str
    uid: int
    gid: int
    home: str

    def become(self) -> None:
        """Makes this process one of the user, with all its groups and no way back."""
        os.initgroups(self.name, self.gid)
        os.setgid(self.gid)
        os.setuid(self.uid)
        os.environ.update(HOME=self.home, USER=self.name, LOGNAME=self.name)


def find_user(name: str) -> User:
    """The user of that name. Raises PermissionError or LookupError, with a message that says what to do."""
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        raise LookupError(f'there is no user "{name}", whom otel.isolation.user names') from None
    if os.geteuid() not in (0, entry.pw_uid):
        raise PermissionError(f'only root can run monitors as "{name}", as otel.isolation.user says: run the collector so')
    return User(name, entry.pw_uid, entry.pw_gid, entry.pw_dir)
