"""Tests of the package that plugins import.

Run with ``python3 -m unittest discover -s adapters/python/tests -t adapters/python``.
"""
