"""The logger that plugins get, and how its messages and values are made."""
