import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Refusal } from './refusal.ts';
import { reasonOf } from './reason-of.ts';

const gunzipAsync = promisify(gunzip);

/** Sizes in bytes. */
export interface BodyLimits {
  /** As it comes over the wire. */
  readonly maxBodyBytes: number;
  /** After decompression. */
  readonly maxDecompressedBytes: number;
}

/**
 * Reads the whole body and decompresses it. Never holds more than the limits: a larger body is a {@link Refusal} with
 * status 413; an unknown Content-Encoding is one with 415, a broken gzip stream one with 400.
 */
export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding !== 'gzip' && encoding !== 'identity') {
    throw new Refusal(
      415,
      `Cannot read the Content-Encoding: found "${encoding}", wanted "gzip" or "identity"`,
      {
        headers: { 'Accept-Encoding': 'gzip' },
      },
    );
  }
  const body = await readBytes(request, limits.maxBodyBytes);
  return encoding === 'gzip' ? decompress(body, limits.maxDecompressedBytes) : body;
}

async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge('The body', maxBytes);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunksOf(request)) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge('The body', maxBytes);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size);
}

async function* chunksOf(request: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    // The stream outlives the loop: the answer to a body that is too large still has to go out on the same connection.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError('The request stream has an encoding set');
      yield chunk;
    }
  } catch (error) {
    throw new Refusal(400, `Cannot read the body to its end: ${reasonOf(error)}`, { cause: error });
  }
}

async function decompress(body: Buffer, maxBytes: number): Promise<Buffer> {
  try {
    return await gunzipAsync(body, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      throw tooLarge('The decompressed body', maxBytes);
    }
    throw new Refusal(400, `Cannot decompress the body: ${reasonOf(error)}`, { cause: error });
  }
}

function tooLarge(subject: string, maxBytes: number): Refusal {
  return new Refusal(413, `${subject} is too large: the limit is ${maxBytes} bytes`);
}
