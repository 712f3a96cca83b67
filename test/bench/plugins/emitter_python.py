from scalyr_agent import ScalyrMonitor


class Emitter(ScalyrMonitor):
    """Emits as fast as it is let, 40 metrics with two extra fields, and then waits to be stopped."""

    def run(self):
        self._emitted = 0
        self._emit(self._config.get("warm_up", convert_to=int))
        self._sleep_but_awaken_if_stopped(self._config.get("pause_secs", convert_to=float))
        self._emit(self._config.get("count", convert_to=int))
        while not self._sleep_but_awaken_if_stopped(1):
            pass

    def _emit(self, values):
        emit_value = self._logger.emit_value
        for number in range(self._emitted, self._emitted + values):
            if number % 1000 == 0 and self._is_thread_stopped():
                return
            emit_value("bench.metric_%d" % (number % 40), number * 0.5, {"core": number % 8, "state": "running"})
        self._emitted += values
