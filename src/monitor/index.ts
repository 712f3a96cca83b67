/**
 * What a monitor plugin sees of the collector.
 *
 *     import { ScalyrMonitor, defineConfigOption } from 'scalyr-otel-bridge';
 */
export type { ConfigObject, ConfigValue } from '../config/config-value.ts';
export type { MetricDefinition, MetricLogRequest, MonitorDescription } from './monitor-description.ts';
export { Float } from '../metric-line/float.ts';
export type { Signal } from '../metric-line/line-block.ts';
export type { ExtraFields, MetricValue } from '../metric-line/metric-value.ts';
export { UnsupportedValueType } from '../metric-line/unsupported-value-type.ts';
export { BadMonitorConfiguration } from './bad-monitor-configuration.ts';
export { MAX_BACKUP_COUNT } from './check-description.ts';
export { defineConfigOption } from './config-option.ts';
export type { ConfigLookup, ConfigOption, ConfigResult } from './config-option.ts';
export type { Converted, ConvertTo } from './convert-config-value.ts';
export { defineLogField } from './define-log-field.ts';
export type { DeclaredLogField } from './define-log-field.ts';
export { defineMetric } from './define-metric.ts';
export type { DeclaredMetric } from './define-metric.ts';
export { excerptOf } from './excerpt.ts';
export type { Excerpt, ExcerptOptions } from './excerpt.ts';
export { globsToRegExp } from './globs-to-reg-exp.ts';
export { HttpFailure } from './http-failure.ts';
export { httpRequest } from './http-request.ts';
export type { HttpAnswer, HttpRequest } from './http-request.ts';
export { parseHttpUrl } from './http-url.ts';
export { loadPackage } from './load-package.ts';
export { Losses } from './losses.ts';
export type { LossTexts } from './losses.ts';
export { MonitorConfig } from './monitor-config.ts';
export type { MonitorConfigSources } from './monitor-config.ts';
export type { DiagnosticMessage, MonitorContext } from './monitor-context.ts';
export { MonitorLogger } from './monitor-logger.ts';
export type { EmitOptions, LogOptions } from './monitor-logger.ts';
export { isJsonObject, jsonAt, parseJson } from './parse-json.ts';
export type { JsonValue } from './parse-json.ts';
export { readPattern } from './read-pattern.ts';
export { isMonitorClass, ScalyrMonitor } from './scalyr-monitor.ts';
export type { LogConfig, MonitorClass } from './scalyr-monitor.ts';
export { unlimitedMetricLog } from './unlimited-metric-log.ts';
export { StatusPage } from './status-page.ts';
export type { StatusPageOptions } from './status-page.ts';
