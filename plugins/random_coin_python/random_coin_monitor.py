"""The example of Scalyr's guide to monitor plugins: a coin that is thrown at every sample."""

import random

from scalyr_agent import ScalyrMonitor, define_config_option, define_metric

__monitor__ = __name__

define_config_option(
    __monitor__,
    "gauss_mean",
    "Mean of the metric gauss.",
    convert_to=float,
    default=0.5,
    min_value=0,
    max_value=10,
)
define_config_option(
    __monitor__,
    "gauss_stddev",
    "Standard deviation of the metric gauss.",
    convert_to=float,
    default=0.25,
    min_value=0,
)
define_metric(__monitor__, "uniform", "A random number from 0 to 1.", extra_fields={"count": "number of the sample"})
define_metric(__monitor__, "gauss", "A random number around gauss_mean.", extra_fields={"count": "number of the sample"})


class RandomCoinMonitor(ScalyrMonitor):
    """Emits random numbers, evenly and normally distributed."""

    def _initialize(self):
        """Reads the two options, of which the entry needs neither."""
        self._count = 0
        self._gauss_mean = self._config.get("gauss_mean")
        self._gauss_stddev = self._config.get("gauss_stddev")

    def gather_sample(self):
        """Emits both metrics with the number of the sample."""
        self._count += 1
        fields = {"count": self._count}
        self._logger.emit_value("uniform", random.random(), extra_fields=fields)
        self._logger.emit_value("gauss", random.gauss(self._gauss_mean, self._gauss_stddev), extra_fields=fields)
