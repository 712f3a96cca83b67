"""The program that Python monitors live in. Its other side is src/host; docs/host-protocol.md says how they talk."""
