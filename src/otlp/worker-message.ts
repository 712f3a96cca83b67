import type { LogContext, Logger } from '../log/logger.ts';
import type { Signal } from '../metric-line/line-block.ts';
import type { Position } from '../spool/position.ts';
import type { CursorProgress, MetricMetadata } from './delivery-contract.ts';

/** What the collector tells the thread that delivers. */
export type DeliveryCommand =
  | { readonly kind: 'advance'; readonly signal: Signal; readonly end: Position }
  | { readonly kind: 'define'; readonly monitor: string; readonly metrics: readonly MetricMetadata[] }
  /** The thread ends when it has stopped. */
  | { readonly kind: 'stop'; readonly deadlineMs: number };

/** What that thread tells the collector. */
export type DeliveryReport =
  | { readonly kind: 'progress'; readonly progress: CursorProgress }
  | {
      readonly kind: 'log';
      readonly level: keyof Logger;
      readonly message: string;
      readonly context: LogContext | undefined;
    };
