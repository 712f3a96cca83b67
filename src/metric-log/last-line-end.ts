import type { OpenLogFile } from './log-file-system.ts';

const CHUNK_BYTES = 65_536;
const LINE_FEED = 0x0a;

/** The offset after the last line break in the first `size` bytes of a file; 0 when there is none. */
export async function lastLineEnd(file: OpenLogFile, size: number): Promise<number> {
  const chunk = Buffer.alloc(Math.min(size, CHUNK_BYTES));
  let end = size;
  while (end > 0) {
    const start = Math.max(0, end - chunk.length);
    const { bytesRead } = await file.read(chunk, 0, end - start, start);
    const lineFeed = chunk.subarray(0, bytesRead).lastIndexOf(LINE_FEED);
    if (lineFeed !== -1) return start + lineFeed + 1;
    end = start;
  }
  return 0;
}
