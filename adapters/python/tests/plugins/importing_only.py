"""A module that imports a monitor and derives another one from it."""
from two_classes import Base


class Mine(Base):
    def gather_sample(self):
        self._logger.emit_value("which", "mine")
