import type { Signal } from './line-block.ts';

/** A line of a metric log, taken apart: a value with its extra fields, or free text. */
export type ParsedLine = MetricLine | TextLine;

interface LineHeader {
  /** Milliseconds since the Unix epoch. */
  readonly timeMs: number;
  /** What stands before the brackets: the last part of the monitor's module. */
  readonly monitor: string;
  /** What stands in the brackets; may be empty. */
  readonly id: string;
}

/** A line that holds exactly a name, a value and extra fields. */
export interface MetricLine extends LineHeader {
  readonly metric: ParsedMetric;
  readonly text?: undefined;
}

/** A line that holds anything else, without its final `\n`. */
export interface TextLine extends LineHeader {
  readonly text: string;
  readonly metric?: undefined;
}

export interface ParsedMetric {
  readonly name: string;
  readonly value: LineValue;
  /** In the order of the line, names that stand there twice included. */
  readonly fields: readonly LineField[];
}

/** A value as it stands in a line. */
export interface LineValue {
  /** `int` and `float` as the line tells them apart: `1` and `1.0`. `null` also for NaN and Infinity. */
  readonly kind: 'int' | 'float' | 'string' | 'bool' | 'null';
  /** A string's content, unescaped; of any other kind the characters of the line, so that no digit is lost. */
  readonly text: string;
}

/** An extra field. */
export interface LineField extends LineValue {
  readonly name: string;
}

/** The signal a line belongs to; a line that cannot be taken apart (`undefined`) is text. */
export function signalOf(line: ParsedLine | undefined): Signal {
  return line?.metric === undefined || line.metric.value.kind === 'string' ? 'logs' : 'metrics';
}
