import { errorCode } from '../log/error-code.ts';
import { EXIT } from './exit-codes.ts';

/** 128 and the number of SIGPIPE, as of any program that writes where nobody reads any more. */
const UNREAD = 141;

/** Ends a command without a word when what it prints has no reader any more, as in `scalyr-otel status | head`. */
export function endWhenUnread(): void {
  process.stdout.on('error', (error) => {
    if (errorCode(error) === 'EPIPE') process.exit(UNREAD);
    process.stderr.write(`scalyr-otel: Cannot write what there is to print: ${error.message}\n`);
    process.exit(EXIT.failure);
  });
}
