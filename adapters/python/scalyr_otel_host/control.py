"""Where the collector talks to a process that starts monitors for it."""

#: A connected UNIX stream socket for JSON messages, both ways.
CONTROL_FD = 3
