import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const TEXT = readFileSync(path.resolve(import.meta.dirname, '../../../otel-config/collector.yaml'), 'utf8');

/**
 * The paths of all keys: a YAML of plain block mappings, which is all the file uses, is its indentation. Whether a real
 * Collector takes it is shown by test/backend/collector-config.test.ts.
 */
function keyPaths(text: string): string[] {
  const open: string[] = [];
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('#'))
    .map((line) => {
      const [, indent = '', key = ''] = /^( *)([\w.-]+):(?: |$)/.exec(line) ?? [];
      expect(key, `not a plain "key: value": ${line}`).not.toBe('');
      expect(indent.length % 2, `odd indentation: ${line}`).toBe(0);
      open.splice(indent.length / 2, Infinity, key);
      return open.join('.');
    });
}

describe('collector.yaml', () => {
  it('receives OTLP over HTTP and has a pipeline for each signal', () => {
    expect(keyPaths(TEXT)).toEqual([
      'receivers',
      'receivers.otlp',
      'receivers.otlp.protocols',
      'receivers.otlp.protocols.http',
      'receivers.otlp.protocols.http.endpoint',
      'receivers.otlp.protocols.http.max_request_body_size',
      'exporters',
      'exporters.debug',
      'exporters.debug.verbosity',
      'service',
      'service.pipelines',
      'service.pipelines.metrics',
      'service.pipelines.metrics.receivers',
      'service.pipelines.metrics.exporters',
      'service.pipelines.logs',
      'service.pipelines.logs.receivers',
      'service.pipelines.logs.exporters',
    ]);
  });

  it('has no tab, which YAML does not take as indentation', () => {
    expect(TEXT).not.toContain('\t');
  });
});
