import { isMet } from './figure.ts';
import type { Aim, Figure } from './figure.ts';

const AIM_WORDS = { 'at-least': '>=', 'at-most': '<=', below: '<' } as const;

/** The figures of one scenario as an aligned table with its name above. Ends in a line break. */
export function formatFigures(scenario: string, figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    formatNumber(figure.value),
    figure.unit,
    figure.aim === undefined ? '' : formatAim(figure.aim),
    verdict(figure),
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => {
    const cells = row.map((cell, column) =>
      column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
    );
    return `  ${cells.join('  ')}`.trimEnd();
  });
  return `${scenario}\n${lines.join('\n')}\n`;
}

/** Three digits that count, thousands with commas. */
function formatNumber(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en-US');
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function formatAim({ kind, value }: Aim): string {
  return `aim ${AIM_WORDS[kind]} ${formatAimed(value)}`;
}

function formatAimed(value: number): string {
  return value.toLocaleString('en-US');
}

function verdict(figure: Figure): string {
  const met = isMet(figure);
  if (met === undefined) return '';
  return met ? 'met' : 'MISSED';
}
