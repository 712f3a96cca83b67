import type { DeclaredMetric } from '../../../src/monitor/define-metric.ts';
import { pythonFloat } from '../../../src/monitor/python-text.ts';
import type { PluginClass } from './plugin.ts';

type Option = PluginClass['configOptions'][number];

/**
 * A README with its tables made anew from what the class declares. They stand after a comment that starts with
 * `options:` or `metrics:`, between the two comments that keep Prettier away.
 */
export function withTables(readme: string, { configOptions, metrics }: PluginClass): string {
  return withTable(
    withTable(readme, 'options', optionTable(configOptions)),
    'metrics',
    metricTables(metrics),
  );
}

function withTable(readme: string, subject: 'options' | 'metrics', table: string): string {
  const place = new RegExp(
    `(<!-- ${subject}: [^\\n]*-->\\n<!-- prettier-ignore-start -->\\n)[^]*?(\\n<!-- prettier-ignore-end -->)`,
  );
  return readme.replace(place, (_, before: string, after: string) => `${before}\n${table}\n${after}`);
}

function optionTable(options: readonly Option[]): string {
  if (options.length === 0) return 'None of its own.';
  return markdownTable(
    ['option', 'type', 'default', 'allowed', 'meaning'],
    options.map((option) => [
      code(option.name),
      option.convertTo ?? 'any',
      defaultOf(option),
      boundsOf(option),
      option.description,
    ]),
  );
}

function defaultOf(option: Option): string {
  if (option.required) return 'required';
  if (option.default === undefined) return '';
  if (option.convertTo === 'float' && typeof option.default === 'number') {
    return code(pythonFloat(option.default));
  }
  return code(JSON.stringify(option.default));
}

function boundsOf({ minValue, maxValue }: Option): string {
  if (minValue === undefined) return maxValue === undefined ? '' : `at most ${maxValue}`;
  return maxValue === undefined ? `${minValue} or more` : `${minValue} to ${maxValue}`;
}

/** One table, or one for each category, under its heading. */
function metricTables(metrics: readonly DeclaredMetric[]): string {
  const categories = new Map<string | undefined, DeclaredMetric[]>();
  for (const metric of metrics) {
    const known = categories.get(metric.category);
    if (known === undefined) categories.set(metric.category, [metric]);
    else known.push(metric);
  }
  return Array.from(categories, ([category, members]) =>
    category === undefined ? metricTable(members) : `### ${category}\n\n${metricTable(members)}`,
  ).join('\n\n');
}

function metricTable(metrics: readonly DeclaredMetric[]): string {
  return markdownTable(
    ['metric', 'unit', 'kind', 'fields', 'meaning'],
    metrics.map((metric) => [
      code(metric.name),
      metric.unit ?? '',
      metric.cumulative ? 'grows' : 'value',
      Object.entries(metric.extraFields ?? {})
        .map(([name, meaning]) => `${code(name)}: ${meaning}`)
        .join('<br>'),
      metric.description,
    ]),
  );
}

function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}
