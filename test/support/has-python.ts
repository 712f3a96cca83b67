import { spawnSync } from 'node:child_process';

const IS_RECENT = 'import sys; sys.exit(sys.version_info < (3, 8))';

/** Whether there is a Python that monitors can run on. Without one, what needs it is left out of the tests. */
export const hasPython: boolean = spawnSync('python3', ['-c', IS_RECENT]).status === 0;
