import type { TextMode } from '../config/configuration.ts';
import type { Settlement } from '../ledger/settlement.ts';
import type { Signal } from '../metric-line/line-block.ts';
import type { ParsedLine } from '../metric-line/parsed-line.ts';
import { numberOf } from './map-metrics.ts';

/** Where a line goes: into a request of a signal, or nowhere, for a reason of the ledger. */
export type Destination = Signal | Extract<Settlement, 'not_a_number' | 'text_dropped' | 'signal_off'>;

/** What decides about it. */
export interface DestinationOptions {
  /** What the backend takes. */
  readonly signals: readonly Signal[];
  readonly text: TextMode;
}

/** `undefined` is a line that could not be taken apart; it goes where free text goes. */
export function destinationOf(line: ParsedLine | undefined, options: DestinationOptions): Destination {
  const signal = wantedSignal(line, options.text);
  if (signal === 'text_dropped') return signal;
  if (!options.signals.includes(signal)) return 'signal_off';
  return signal === 'metrics' && !hasNumber(line) ? 'not_a_number' : signal;
}

function wantedSignal(line: ParsedLine | undefined, text: TextMode): Signal | 'text_dropped' {
  if (line?.metric === undefined) return 'logs';
  if (line.metric.value.kind !== 'string' || text === 'info') return 'metrics';
  return text === 'drop' ? 'text_dropped' : 'logs';
}

/** A number of a line may be larger than any double (`1e400`). Only one that looks so is worth the conversion. */
function hasNumber(line: ParsedLine | undefined): boolean {
  if (line?.metric === undefined) return false;
  const { value } = line.metric;
  const isShort = value.text.length < 300 && !/[eE]/.test(value.text);
  return (isShort && value.kind !== 'null') || Number.isFinite(numberOf(value));
}
