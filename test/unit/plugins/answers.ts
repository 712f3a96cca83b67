import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, ListenOptions } from 'node:net';
import path from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** An HTTP server on loopback and on a Unix socket that gives recorded answers. */
export interface AnswerServer {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  readonly socketPath: string;
  close(): Promise<void>;
}

/**
 * Answers `GET /a/b?c` with the file `a/b` of `folder()`, and `/` with the file `index`. A file `a/b.head` beside it may
 * hold the status in its first line and headers in the others; without it the answer is a 200. What is not there is
 * a 404 without a body.
 */
export async function serveAnswers(folder: () => string): Promise<AnswerServer> {
  const socketPath = path.join(temporaryFolder(), 'server.sock');
  const onLoopback = await listen(folder, { host: '127.0.0.1', port: 0 });
  const onSocket = await listen(folder, { path: socketPath });
  const { port } = onLoopback.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    socketPath,
    close: async () => {
      await onLoopback.close();
      await onSocket.close();
    },
  };
}

async function listen(folder: () => string, where: ListenOptions) {
  const server = createServer((request, response) => answer(request, response, folder()));
  await new Promise<void>((resolve) => server.listen(where, resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { server, close };
}

function answer(request: IncomingMessage, response: ServerResponse, folder: string): void {
  const { pathname } = new URL(request.url ?? '/', 'http://server');
  const file = path.join(folder, pathname === '/' ? 'index' : pathname);
  const [status, ...headers] = readLines(`${file}.head`);
  response.statusCode = status === undefined ? (existsSync(file) ? 200 : 404) : Number(status);
  for (const header of headers) {
    const [name = '', value = ''] = header.split(/:\s*/, 2);
    response.setHeader(name, value);
  }
  response.end(existsSync(file) ? readFileSync(file) : undefined);
}

function readLines(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
}
