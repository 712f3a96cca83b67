"""Threads that can be asked to stop."""
