import { agentSection, monitorSection } from './agent-options.ts';
import { backendSection, otelSection } from './otel-options.ts';
import type { Option, Section } from './section.ts';
import { asSection } from './section.ts';

/** The tables of docs/configuration.md, in Markdown, from the declarations that the configuration is read with. */
export function renderConfigurationReference(): string {
  return [
    '### Keys of the Scalyr agent',
    table(agentSection, ''),
    '### An entry of `monitors`',
    table(monitorSection, ''),
    '### The section `otel`',
    table(otelSection, ''),
    '### An element of `otel.backends`',
    table(backendSection, ''),
  ].join('\n\n');
}

function table(section: Section, prefix: string): string {
  const head = ['| option | value | default | meaning |', '|---|---|---|---|'];
  return [...head, ...rows(section, prefix)].join('\n');
}

function rows(section: Section, prefix: string): readonly string[] {
  return Object.entries(section.options).flatMap(([name, option]) => {
    const within = asSection(option.type);
    if (within !== undefined) return rows(within, `${prefix}${name}.`);
    return [
      row([
        `\`${prefix}${name}\``,
        option.type.wanted,
        defaultOf(option),
        meaning(option, section.variableOf(name)),
      ]),
    ];
  });
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function defaultOf({ absent }: Option<unknown>): string {
  if (absent.kind === 'problem') return 'required';
  return absent.kind === 'default' ? `\`${JSON.stringify(absent.value)}\`` : '';
}

function meaning({ description }: Option<unknown>, variable: string | undefined): string {
  return variable === undefined ? description : `${description} Variable: \`${variable}\`.`;
}
