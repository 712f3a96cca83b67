import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import type { Answer } from './answer.ts';
import { misbehaviourSchema, type Misbehaviour } from './misbehaviour.ts';
import { readBody } from './read-body.ts';
import type { Totals } from './received-store.ts';
import { Refusal } from './refusal.ts';
import { reasonOf } from './reason-of.ts';

/** Everything below this path steers the receiver instead of sending data to it. */
export const CONTROL_PATH = '/control/';

const LIMITS = { maxBodyBytes: 65_536, maxDecompressedBytes: 65_536 };

/** What the control path may do. */
export interface Controls {
  misbehave(misbehaviour: Misbehaviour): void;
  behave(): void;
  readonly totals: Totals;
}

/**
 * `POST /control/misbehave` with a {@link Misbehaviour} as JSON adds it, `DELETE /control/misbehave` ends all of them,
 * `GET /control/totals` answers the totals as JSON.
 */
export async function handleControl(
  request: IncomingMessage,
  path: string,
  controls: Controls,
): Promise<Answer> {
  try {
    switch (`${request.method} ${path}`) {
      case 'POST /control/misbehave':
        controls.misbehave(await readMisbehaviour(request));
        return jsonAnswer(200, { message: 'Told to misbehave' });
      case 'DELETE /control/misbehave':
        controls.behave();
        return jsonAnswer(200, { message: 'Told to behave' });
      case 'GET /control/totals':
        return jsonAnswer(200, controls.totals);
      default:
        throw new Refusal(
          404,
          `Cannot ${request.method} "${path}": there are POST and DELETE /control/misbehave and GET /control/totals`,
        );
    }
  } catch (error) {
    if (error instanceof Refusal) return jsonAnswer(error.status, { message: error.message });
    throw error;
  }
}

async function readMisbehaviour(request: IncomingMessage): Promise<Misbehaviour> {
  // A web page cannot send this type to another origin without asking first, so no page can steer a receiver.
  if (request.headers['content-type']?.split(';', 1)[0]?.trim() !== 'application/json') {
    throw new Refusal(415, 'Cannot read the order: wanted the Content-Type "application/json"');
  }
  const body = await readBody(request, LIMITS);
  const result = v.safeParse(misbehaviourSchema, parseJson(body));
  if (result.success) return result.output;
  const problems = result.issues.map((issue) => `${v.getDotPath(issue) ?? 'the order'}: ${issue.message}`);
  throw new Refusal(400, `Cannot misbehave like that: ${problems.join('; ')}`);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new Refusal(400, `Cannot read the order as JSON: ${reasonOf(error)}`, { cause: error });
  }
}

function jsonAnswer(status: number, content: object): Answer {
  const body = Buffer.from(`${JSON.stringify(content)}\n`);
  return { status, headers: { 'Content-Type': 'application/json' }, body };
}
