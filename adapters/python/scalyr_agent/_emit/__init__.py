"""How values become metric lines. Pure: text in, bytes out; nothing here knows where a line goes."""
