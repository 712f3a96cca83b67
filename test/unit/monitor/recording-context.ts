import type { ConfigObject } from '../../../src/config/config-value.ts';
import type { Signal } from '../../../src/metric-line/line-block.ts';
import type { DiagnosticMessage, MonitorContext } from '../../../src/monitor/monitor-context.ts';

/** A monitor's context that keeps what the monitor writes, at a time that a test moves. */
export class RecordingContext implements MonitorContext {
  readonly module: string;
  readonly id: string;
  readonly config: ConfigObject;
  readonly defaultSampleIntervalSecs: number;
  readonly globalRateMetricNames: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly debugLevel: number;
  readonly stopping = new AbortController();
  readonly signal: AbortSignal = this.stopping.signal;
  readonly lines: string[] = [];
  readonly signals: Signal[] = [];
  readonly diagnostics: DiagnosticMessage[] = [];
  timeMs = 1_700_000_000_123;
  readonly #waiting: (() => void)[] = [];

  constructor(settings: Partial<MonitorContext> = {}) {
    this.module = settings.module ?? 'my_monitor';
    this.id = settings.id ?? '';
    this.config = settings.config ?? { module: this.module };
    this.defaultSampleIntervalSecs = settings.defaultSampleIntervalSecs ?? 30;
    this.globalRateMetricNames = settings.globalRateMetricNames ?? [];
    this.environment = settings.environment ?? {};
    this.debugLevel = settings.debugLevel ?? 0;
  }

  readonly now = (): number => this.timeMs;

  readonly writeLine = (line: string, signal: Signal): void => {
    this.lines.push(line);
    this.signals.push(signal);
    this.#wake();
  };

  readonly writeDiagnostic = (diagnostic: DiagnosticMessage): void => {
    this.diagnostics.push(diagnostic);
    this.#wake();
  };

  /** Resolves once `condition` holds; it is looked at now, and whenever the monitor has written something. */
  async until(condition: (context: RecordingContext) => boolean): Promise<void> {
    while (!condition(this)) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
