// Adds up the JSON reports that vitest and python-tests.py wrote into a folder and prints "N passed, N failed, N skipped".
// A test file that could not be loaded has no tests in its report: it counts as one failed. So does a folder without
// any report, because then nothing was proved.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const [folder = '.'] = process.argv.slice(2);
const reports = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')));

const unloaded = reports
  .flatMap((report) => report.testResults)
  .filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
for (const file of unloaded) process.stdout.write(`Could not be run: ${file.name}\n`);
if (reports.length === 0) process.stdout.write(`No report of vitest was found in "${folder}"\n`);

const passed = sum((report) => report.numPassedTests);
const skipped = sum((report) => report.numPendingTests + report.numTodoTests);
const failed = sum((report) => report.numFailedTests) + unloaded.length + (reports.length === 0 ? 1 : 0);

process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;

function sum(count) {
  return reports.reduce((total, report) => total + count(report), 0);
}
