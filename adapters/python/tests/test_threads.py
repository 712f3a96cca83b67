"""RunState and StoppableThread."""

import threading
import time
import unittest
from typing import List

from scalyr_agent.util import RunState, StoppableThread


class RunStateTest(unittest.TestCase):
    """Whether something shall go on."""

    def test_runs_until_it_is_stopped(self) -> None:
        state = RunState()
        self.assertTrue(state.is_running())
        self.assertFalse(state.sleep_but_awaken_if_stopped(0))
        self.assertFalse(state.sleep_but_awaken_if_stopped(-1))
        state.stop()
        self.assertFalse(state.is_running())
        self.assertTrue(state.sleep_but_awaken_if_stopped(float("inf")))

    def test_wakes_what_waits(self) -> None:
        state = RunState()
        threading.Timer(0.02, state.stop).start()
        started = time.monotonic()
        self.assertTrue(state.sleep_but_awaken_if_stopped(float("inf")))
        self.assertLess(time.monotonic() - started, 10)

    def test_calls_back_once_in_order(self) -> None:
        called: List[str] = []
        state = RunState()
        state.register_on_stop_callback(lambda: called.append("first"))
        state.register_on_stop_callback(lambda: called.append("second"))
        removed = lambda: called.append("removed")  # noqa: E731
        state.register_on_stop_callback(removed)
        state.remove_on_stop_callback(removed)
        state.stop()
        state.stop()
        self.assertEqual(called, ["first", "second"])

    def test_calls_back_at_once_when_it_was_stopped_before(self) -> None:
        called: List[str] = []
        state = RunState()
        state.stop()
        state.register_on_stop_callback(lambda: called.append("late"))
        self.assertEqual(called, ["late"])

    def test_a_callback_may_register_another_one(self) -> None:
        called: List[str] = []
        state = RunState()
        state.register_on_stop_callback(lambda: state.register_on_stop_callback(lambda: called.append("inner")))
        state.stop()
        self.assertEqual(called, ["inner"])

    def test_waiting_is_the_business_of_a_fake_clock(self) -> None:
        waited: List[int] = []

        class Clock:
            def simulate_waiting(self) -> None:
                waited.append(1)

        state = RunState(fake_clock=Clock())
        self.assertFalse(state.sleep_but_awaken_if_stopped(1_000_000))
        self.assertEqual(waited, [1])


class StoppableThreadTest(unittest.TestCase):
    """A thread that can be asked to stop."""

    def test_hands_the_run_state_to_its_target(self) -> None:
        ended: List[bool] = []
        thread = StoppableThread("worker", target=lambda state: ended.append(state.sleep_but_awaken_if_stopped(30)))
        thread.start()
        thread.stop()
        self.assertEqual((ended, thread.name, thread.is_alive()), ([True], "worker", False))

    def test_join_raises_what_the_work_raised_once(self) -> None:
        class Failing(StoppableThread):
            def run_and_propagate(self) -> None:
                raise ValueError("no good")

        thread = Failing()
        thread.start()
        with self.assertRaisesRegex(ValueError, "no good"):
            thread.join()
        thread.join()

    def test_what_has_to_be_woken_is_told_to_stop(self) -> None:
        class Waiting(StoppableThread):
            woken = threading.Event()

            def run_and_propagate(self) -> None:
                self.woken.wait()

            def _prepare_to_stop(self) -> None:
                self.woken.set()

        thread = Waiting(is_daemon=True)
        thread.start()
        thread.stop()
        self.assertFalse(threading.Thread.is_alive(thread))
        self.assertTrue(thread.daemon)
