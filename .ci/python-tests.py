"""Runs the tests of adapters/python and, where TEST_REPORT_DIR says so, writes their counts in the form of a vitest report."""

import json
import os
import sys
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PACKAGE = os.path.join(ROOT, "adapters", "python")


def main() -> int:
    suite = unittest.defaultTestLoader.discover(os.path.join(PACKAGE, "tests"), top_level_dir=PACKAGE)
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    skipped = len(result.skipped)
    folder = os.environ.get("TEST_REPORT_DIR")
    if folder:
        write_report(folder, result.testsRun - failed - skipped, failed, skipped)
    return 1 if failed or result.testsRun == 0 else 0


def write_report(folder: str, passed: int, failed: int, skipped: int) -> None:
    report = {
        "numPassedTests": passed,
        "numFailedTests": failed,
        "numPendingTests": skipped,
        "numTodoTests": 0,
        "testResults": [],
    }
    with open(os.path.join(folder, "python-%d.json" % os.getpid()), "w", encoding="utf-8") as file:
        json.dump(report, file)


if __name__ == "__main__":
    sys.exit(main())
