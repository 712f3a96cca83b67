import type { Session } from 'node:inspector';
import type { Worker } from 'node:worker_threads';
import { systemClock } from '../../clock/system-clock.ts';
import { asFields, asNumber, parseJson, type Fields } from '../json-fields.ts';

/*
 * Node's own limit for the heap of a worker is not enough: V8 ends the whole process when a single allocation, such as
 * the growth of one long array, goes far over it, and some sizes are fatal at any limit. So the limit is set well above
 * what a monitor may use, and this guard ends the thread before V8 gets there. It asks for the size of the heap through
 * the inspector, because that is answered even by a thread in an endless loop. Asking costs little, but not nothing: it
 * is done when the memory of the process has grown, and now and then.
 */

const TICK_MS = 250;
const GROWTH_WORTH_ASKING = 32 * 1024 * 1024;
const ASK_AT_LEAST_EVERY_TICKS = 20;

/** The inspector's own `workerId` is not the thread's id; its title begins with that one. */
const TITLE_WITH_THREAD_ID = /^\[worker (\d+)\]/;

const ASK_SIZE = 1;
const COLLECT_GARBAGE = 2;
const ASK_SIZE_WITHOUT_GARBAGE = 3;

interface Watched {
  readonly limitBytes: number;
  readonly onExceeded: (usedBytes: number) => void;
}

/** Watches the heaps of worker threads, sleeping when there are none. One for each process. */
export class ThreadMemoryGuard {
  /** By thread id. */
  readonly #watched = new Map<string, Watched>();
  /** Threads by the inspector's session for them; it has one for every worker of the process. */
  readonly #threads = new Map<string, string>();
  /** Undefined in a Node without an inspector: there V8's own limit has to do. */
  #inspector: Promise<Session | undefined> | undefined;
  #cancelTick: (() => void) | undefined;
  #tick = 0;
  #memoryWhenAsked = 0;

  /** Calls `onExceeded` when the thread's heap, garbage collected, is larger than `limitBytes`. Returns what ends the watch. */
  watch(worker: Worker, limitBytes: number, onExceeded: (usedBytes: number) => void): () => void {
    const threadId = String(worker.threadId);
    this.#watched.set(threadId, { limitBytes, onExceeded });
    this.#inspector ??= this.#connect().catch(() => undefined);
    this.#cancelTick ??= systemClock.schedule(() => this.#onTick(), TICK_MS);
    return () => {
      this.#watched.delete(threadId);
      if (this.#watched.size > 0) return;
      this.#cancelTick?.();
      this.#cancelTick = undefined;
    };
  }

  async #connect(): Promise<Session> {
    const inspector = await import('node:inspector');
    const session = new inspector.Session();
    session.connect();
    session.on('NodeWorker.attachedToWorker', ({ params }) => {
      const threadId = TITLE_WITH_THREAD_ID.exec(params.workerInfo.title)?.[1];
      if (threadId !== undefined) this.#threads.set(params.sessionId, threadId);
    });
    session.on('NodeWorker.detachedFromWorker', ({ params }) => {
      this.#threads.delete(params.sessionId);
    });
    session.on('NodeWorker.receivedMessageFromWorker', ({ params }) => {
      this.#onReply(session, params.sessionId, parseJson(params.message));
    });
    session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
    return session;
  }

  #onTick(): void {
    this.#cancelTick = systemClock.schedule(() => this.#onTick(), TICK_MS);
    this.#tick += 1;
    const memory = residentBytes();
    if (memory === undefined) {
      void this.#askAll();
      return;
    }
    this.#memoryWhenAsked = Math.min(this.#memoryWhenAsked, memory);
    const hasGrown = memory - this.#memoryWhenAsked > GROWTH_WORTH_ASKING;
    if (!hasGrown && this.#tick % ASK_AT_LEAST_EVERY_TICKS !== 0) return;
    this.#memoryWhenAsked = memory;
    void this.#askAll();
  }

  async #askAll(): Promise<void> {
    const inspector = await this.#inspector;
    if (inspector === undefined) return;
    for (const [session, threadId] of this.#threads) {
      if (this.#watched.has(threadId)) post(inspector, session, ASK_SIZE);
    }
  }

  #onReply(inspector: Session, session: string, reply: unknown): void {
    const watched = this.#watched.get(this.#threads.get(session) ?? '');
    const fields = asFields(reply);
    const result = asFields(fields?.['result']);
    if (watched === undefined || result === undefined) return;
    const usedBytes = heapBytes(result);
    if (usedBytes <= watched.limitBytes) return;
    if (fields?.['id'] === ASK_SIZE_WITHOUT_GARBAGE) {
      watched.onExceeded(usedBytes);
    } else {
      post(inspector, session, COLLECT_GARBAGE);
      post(inspector, session, ASK_SIZE_WITHOUT_GARBAGE);
    }
  }
}

/** Undefined when it cannot be known: Node reads it from a file, and a monitor may have used up all that can be open. */
function residentBytes(): number | undefined {
  try {
    return process.memoryUsage.rss();
  } catch {
    return undefined;
  }
}

function post(inspector: Session, session: string, id: number): void {
  const method = id === COLLECT_GARBAGE ? 'HeapProfiler.collectGarbage' : 'Runtime.getHeapUsage';
  inspector.post('NodeWorker.sendMessageToWorker', {
    sessionId: session,
    message: JSON.stringify({ id, method }),
  });
}

/** `backingStorageSize`, the memory of buffers, is told by newer versions of Node only. */
function heapBytes(result: Fields): number {
  return (asNumber(result['usedSize']) ?? 0) + (asNumber(result['backingStorageSize']) ?? 0);
}
