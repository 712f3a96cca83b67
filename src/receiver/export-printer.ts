import type { Writable } from 'node:stream';
import { formatAttributes } from './format-attributes.ts';
import { formatJson } from './format-json.ts';
import { formatLog } from './format-log.ts';
import { formatPoint } from './format-point.ts';
import type { Attributes, ReceivedExport } from './received.ts';

/**
 * Prints what arrives: a line for each point and log record, and the resource in a line of its own whenever it changes;
 * as JSON, an object a line with everything in it.
 */
export class ExportPrinter {
  readonly #output: Writable;
  readonly #asJson: boolean;
  #resource: string | undefined;

  constructor(output: Writable, options: { readonly asJson: boolean }) {
    this.#output = output;
    this.#asJson = options.asJson;
  }

  /** Resolves when the output has taken it all, so that a sender cannot be faster than the reader of the output. */
  async print(received: ReceivedExport): Promise<void> {
    const lines = this.#asJson ? jsonLines(received) : this.#readableLines(received);
    if (lines.length === 0) return;
    const text = `${lines.join('\n')}\n`;
    await new Promise<void>((resolve) => {
      this.#output.write(text, () => {
        resolve();
      });
    });
  }

  #readableLines(received: ReceivedExport): string[] {
    return [
      ...received.points.flatMap((point) => [...this.#resourceLine(point.resource), formatPoint(point)]),
      ...received.logs.flatMap((log) => [...this.#resourceLine(log.resource), formatLog(log)]),
    ];
  }

  #resourceLine(resource: Attributes): string[] {
    const text = formatAttributes(resource);
    if (text === this.#resource) return [];
    this.#resource = text;
    return [`resource ${text}`];
  }
}

function jsonLines(received: ReceivedExport): string[] {
  return [
    ...received.points.map((point) => formatJson({ signal: 'metrics', ...point })),
    ...received.logs.map((log) => formatJson({ signal: 'logs', ...log })),
  ];
}
