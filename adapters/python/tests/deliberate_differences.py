"""Where this package differs from the agent on purpose. The tests against the recordings know of nothing else."""

import re

#: What differs, and why.
DIFFERENCES = {
    "places": "A message says where in the plugin it comes from. The agent names a line of its own logging module for "
    "exceptions and for names it has fixed.",
    "fixed names": "The warning about a name that is not legal says what it was written as; reserved names have it too.",
    "blacklist": "The message about a metric in metric_name_blacklist names that option.",
    "conflicts": "The message about an environment variable that differs from the configuration says which is right.",
    "iteration": "Iterating over a MonitorConfig or a JsonObject gives its names; in the agent it raises TypeError.",
    "exit codes": "run_monitor ends with 2 for a bad configuration and 1 for a monitor that cannot be run, with one "
    "line on stderr; the agent ends with 0 for the first and a traceback for the second.",
    "class lookup": "A module without a monitor class gives an error that says so; the agent fails to call None.",
    "sys.path": "What a plugin changes in sys.path while it is loaded stays; the agent takes it back.",
    "surrogates": "A ready-made line that is no valid Unicode is written with backslash escapes; the agent loses it.",
    "float subclasses": "A subclass of float is written as a float is, NaN as null, so that the line can be read.",
    "json library": "Values are always in the form that orjson writes, which the packaged agent has; without orjson "
    "the agent writes 1e+22, 1e-05, NaN and \\u00e9.",
    "rate limit": "The package limits nothing: the collector limits the metric log, and every value goes to OTLP.",
}

_PLACE = re.compile(r"\[[a-z_.]+:\d+\]")
_PLACE_IN_LOGGING = re.compile(r"\[scalyr_agent\.scalyr_logging:\d+\]")

_REWORDED = (
    (
        re.compile(r'Invalid (metric|field) name "(.*?)"(?: seen\.  |: written as ).*', re.DOTALL),
        r'Invalid \1 name "\2" …',
    ),
    (re.compile(r'Metric "(.*?)" is (?:blacklisted|in metric_name_blacklist).*', re.DOTALL), r'Metric "\1" …'),
    (
        re.compile(r"Conflicting values detected between (\w+) config file parameter `(\w+)` .* `(\w+)`\. .*"),
        r"conflict of \3 and \2 of \1",
    ),
    (
        re.compile(r'The environment variable "(\w+)" and the option "(\w+)" of the monitor "(\w+)" differ: .*'),
        r"conflict of \1 and \2 of \3",
    ),
)


def without_reworded(text: str) -> str:
    """The text with one wording for what the two say differently."""
    for pattern, common in _REWORDED:
        text = pattern.sub(common, text)
    return text.rstrip("\n")


def without_place(text: str) -> str:
    """The message without the place that it comes from."""
    return _PLACE.sub("[place]", text, count=1)


def names_place_in_logging(recorded: str) -> bool:
    """Whether the agent gave a line of its own logging module as the place."""
    return _PLACE_IN_LOGGING.search(recorded) is not None
