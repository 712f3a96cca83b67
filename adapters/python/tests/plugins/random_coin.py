"""The example of the agent's guide to writing monitors, in our words."""
import random

import six
from scalyr_agent import ScalyrMonitor, define_config_option, define_log_field, define_metric

__monitor__ = __name__

define_config_option(__monitor__, "gauss_mean", "Mean.", convert_to=float, required_option=True, max_value=10)
define_config_option(__monitor__, "gauss_stddev", "Deviation.", convert_to=float, default=0.25, min_value=0)
define_metric(__monitor__, "uniform", "A random number from 0 to 1.")
define_metric(__monitor__, "gauss", "A random number around the mean.")
define_log_field(__monitor__, "count", "Number of the sample.")


class RandomCoin(ScalyrMonitor):
    """Emits random numbers."""

    def _initialize(self):
        self.__counter = 0
        self.__name = six.ensure_text(b"coin")

    def gather_sample(self):
        self.__counter += 1
        self._logger.emit_value("uniform", random.random(), extra_fields={"count": self.__counter})
        gauss = random.gauss(self._config.get("gauss_mean"), self._config.get("gauss_stddev"))
        self._logger.emit_value("gauss", gauss, extra_fields={"count": self.__counter})
