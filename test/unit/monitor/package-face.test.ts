import { describe, expect, it } from 'vitest';
import * as face from '../../../src/monitor/index.ts';

describe('the package', () => {
  it('offers what a plugin needs and nothing of the collector', () => {
    expect(Object.keys(face).sort()).toEqual([
      'BadMonitorConfiguration',
      'Float',
      'HttpFailure',
      'Losses',
      'MAX_BACKUP_COUNT',
      'MonitorConfig',
      'MonitorLogger',
      'ScalyrMonitor',
      'StatusPage',
      'UnsupportedValueType',
      'defineConfigOption',
      'defineLogField',
      'defineMetric',
      'excerptOf',
      'globsToRegExp',
      'httpRequest',
      'isJsonObject',
      'isMonitorClass',
      'jsonAt',
      'loadPackage',
      'parseHttpUrl',
      'parseJson',
      'readPattern',
      'unlimitedMetricLog',
    ]);
  });
});
