"""The page about Python plugins: its examples run as they stand."""

import os
import re
import sys
import types
import unittest
from unittest import mock

from scalyr_agent._host import sink
from scalyr_agent.scalyr_monitor import MonitorInformation

from .support import PACKAGE_FOLDER

PAGE = os.path.join(os.path.dirname(os.path.dirname(PACKAGE_FOLDER)), "docs", "python-plugins.md")


class DocumentationTest(unittest.TestCase):
    """The plugin, and the test of it."""

    def test_the_plugin_passes_its_test(self) -> None:
        with open(PAGE, encoding="utf-8") as file:
            plugin, its_test = re.findall(r"```python\n(.*?)```", file.read(), re.DOTALL)
        module = types.ModuleType("random_coin")
        self.addCleanup(sink.install, sink.current())
        self.addCleanup(MonitorInformation._of_module.pop, "random_coin")
        with mock.patch.dict(sys.modules, random_coin=module):
            exec(plugin + its_test, module.__dict__)
        self.assertRegex(module.recorder.lines[0], r" \[random_coin\(\)\] gauss -?\d\.\d+ count=1\n$")
