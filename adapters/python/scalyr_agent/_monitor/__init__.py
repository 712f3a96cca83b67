"""The parts of a monitor: its configuration, what its module declares, how it is found."""
