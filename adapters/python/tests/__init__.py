"""Tests of the package that plugins import: ``python3 -m unittest discover -s adapters/python/tests -t adapters/python``."""
