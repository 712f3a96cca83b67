import { readFile } from 'node:fs/promises';
import {
  BadMonitorConfiguration,
  HttpFailure,
  httpRequest,
  parseHttpUrl,
  ScalyrMonitor,
  unlimitedMetricLog,
} from 'scalyr-otel-bridge';
import type { ExtraFields, HttpAnswer } from 'scalyr-otel-bridge';
import * as options from './options.ts';
import { parseExposition } from './parse-exposition.ts';
import type { BadLine, Sample } from './parse-exposition.ts';
import { readFields, readHeaders } from './read-settings.ts';
import { SeriesFilter } from './series-filter.ts';

/** The text format comes first: in OpenMetrics some metrics have other names. */
const ACCEPT = 'text/plain;version=0.0.4, application/openmetrics-text;version=1.0.0;q=0.5, */*;q=0.1';

/** Scrapes an endpoint in Prometheus' text format or in OpenMetrics. */
export class OpenMetricsMonitor extends ScalyrMonitor {
  static override readonly description = 'Emits the metrics of a Prometheus or OpenMetrics endpoint.';
  static override readonly configOptions = [...Object.values(options), ...unlimitedMetricLog];

  readonly #url = parseHttpUrl(this.config.get(options.url), options.url.name);
  readonly #headers = {
    accept: ACCEPT,
    ...readHeaders(this.config.get(options.headers), options.headers.name),
  };
  readonly #fields: ExtraFields = readFields(this.config.get(options.extraFields), options.extraFields.name);
  readonly #filter = new SeriesFilter({
    include: this.config.get(options.nameIncludeList),
    exclude: this.config.get(options.nameExcludeList),
    components: this.config.get(options.componentIncludeList),
  });
  #ca: string | undefined;

  override async initialize(): Promise<void> {
    const file = this.config.get(options.caFile);
    if (file !== undefined) this.#ca = await readCertificates(file);
  }

  override async gatherSample(): Promise<void> {
    const answer = await this.#scrape();
    if (answer === undefined) return;
    const format = answer.headers['content-type']?.startsWith('application/openmetrics-text')
      ? 'openmetrics'
      : 'prometheus';
    const most = this.config.get(options.maxSeries);
    let wanted = 0;
    const bad: BadLine[] = [];
    for (const item of parseExposition(answer.body, format)) {
      if (item.kind === 'bad') bad.push(item);
      else if (this.#filter.wants(item) && ++wanted <= most) this.#emit(item);
    }
    if (wanted > most) this.#warnOfSeries(wanted, most);
    if (bad[0] !== undefined) this.#warnOfLines(bad[0], bad.length);
  }

  #emit({ name, value, labels, timestampMs = 0 }: Sample): void {
    const isHonored = timestampMs > 0 && this.config.get(options.honorTimestamps);
    this.logger.emitValue(
      name,
      value,
      { ...this.#fields, ...labels },
      isHonored ? { timestamp: timestampMs } : {},
    );
  }

  async #scrape(): Promise<HttpAnswer | undefined> {
    try {
      const answer = await httpRequest(this.#url, {
        headers: this.#headers,
        timeoutSecs: this.config.get(options.timeout),
        maxBytes: this.config.get(options.maxBodyBytes),
        tls: {
          verify: this.config.get(options.verifyHttps),
          ...(this.#ca !== undefined && { ca: this.#ca }),
        },
        signal: this.signal,
      });
      if (answer.status === 200) return answer;
      this.#complain(`Cannot scrape ${this.#place}: HTTP ${answer.status}; correct url or headers`);
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      this.#complain(error.message);
    }
    return undefined;
  }

  #complain(message: string): void {
    if (this.signal.aborted) return;
    this.logger.error(message, { limitOncePerSecs: 300, limitKey: 'no answer' });
  }

  #warnOfSeries(wanted: number, most: number): void {
    this.logger.warn(
      `Dropped ${wanted - most} of ${wanted} values of ${this.#place}: max_series is ${most}; raise it, or leave out ` +
        'metrics with metric_name_exclude_list',
      { limitOncePerSecs: 300, limitKey: 'series' },
    );
  }

  #warnOfLines({ line, reason }: BadLine, count: number): void {
    this.logger.warn(
      `Cannot read ${count} ${count === 1 ? 'line' : 'lines'} of ${this.#place}, the first is line ${line}: ${reason}`,
      { limitOncePerSecs: 300, limitKey: 'lines' },
    );
  }

  /** Without the query, which may hold a secret. */
  get #place(): string {
    return `"${this.#url.origin}${this.#url.pathname}"`;
  }
}

async function readCertificates(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `Cannot read the certificates in "${file}": ${reason}; correct ca_file`;
    throw new BadMonitorConfiguration(message, options.caFile.name, { cause: error });
  }
}
