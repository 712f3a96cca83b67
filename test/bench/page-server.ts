import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A web server in another process, for monitors that look at pages. */
export class PageServer {
  readonly url: string;
  readonly #process: ChildProcess;

  static async start(): Promise<PageServer> {
    const child = fork(fileURLToPath(new URL('page-server-process.js', import.meta.url)));
    const [url] = (await once(child, 'message')) as [string];
    return new PageServer(child, url);
  }

  private constructor(child: ChildProcess, url: string) {
    this.#process = child;
    this.url = url;
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.disconnect();
    await ended;
  }
}
