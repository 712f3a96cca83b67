import type { ConfigObject } from '../config/config-value.ts';
import { decodeConfigObject, encodeConfig } from './config-codec.ts';
import { asFields, asNumber, asString, asStrings, parseJson } from './json-fields.ts';

/** What the collector tells the program that a monitor lives in. Travels as JSON text. */
export type HostMessage =
  | ({ readonly type: 'start' } & GuestSetup)
  | { readonly type: 'gather' }
  | { readonly type: 'run' }
  | { readonly type: 'stop' };

/** All that a guest has to know to make its monitor. */
export interface GuestSetup {
  /**
   * What to load, as a `file:` URL: a module of plain JavaScript, or a Python file. Empty for a Python module that Python
   * finds by its name.
   */
  readonly pluginUrl: string;
  /** As in MonitorEntry. */
  readonly module: string;
  readonly id: string;
  readonly config: ConfigObject;
  readonly defaultSampleIntervalSecs: number;
  readonly globalRateMetricNames: readonly string[];
  /** 0 to 5, as `debug_level`. */
  readonly debugLevel: number;
  readonly memoryLimitBytes: number;
  /** Folders in which a Python plugin finds its modules. */
  readonly searchPath?: readonly string[];
  /** Settings of the agent that Python plugins may look at, under the agent's own names. */
  readonly globalConfig?: ConfigObject;
}

export function encodeHostMessage(message: HostMessage): string {
  if (message.type !== 'start') return JSON.stringify(message);
  const { config, globalConfig, ...rest } = message;
  return JSON.stringify({
    ...rest,
    config: encodeConfig(config),
    ...(globalConfig === undefined ? {} : { globalConfig: encodeConfig(globalConfig) }),
  });
}

/** Reads what a host sent; undefined when it is not one of its messages. */
export function parseHostMessage(text: unknown): HostMessage | undefined {
  const fields = asFields(parseJson(text));
  switch (fields?.['type']) {
    case 'gather':
      return { type: 'gather' };
    case 'run':
      return { type: 'run' };
    case 'stop':
      return { type: 'stop' };
    case 'start':
      return parseStart(fields);
    default:
      return undefined;
  }
}

function parseStart(fields: Readonly<Record<string, unknown>>): HostMessage | undefined {
  const pluginUrl = asString(fields['pluginUrl']);
  const module = asString(fields['module']);
  const id = asString(fields['id']);
  const defaultSampleIntervalSecs = asNumber(fields['defaultSampleIntervalSecs']);
  const globalRateMetricNames = asStrings(fields['globalRateMetricNames']);
  const debugLevel = asNumber(fields['debugLevel']);
  const memoryLimitBytes = asNumber(fields['memoryLimitBytes']);
  if (pluginUrl === undefined || module === undefined || id === undefined) return undefined;
  if (defaultSampleIntervalSecs === undefined || globalRateMetricNames === undefined) return undefined;
  if (debugLevel === undefined || memoryLimitBytes === undefined) return undefined;
  const config = decodeConfigObject(fields['config']);
  const limits = { defaultSampleIntervalSecs, globalRateMetricNames, debugLevel, memoryLimitBytes };
  return { type: 'start', pluginUrl, module, id, config, ...limits };
}
