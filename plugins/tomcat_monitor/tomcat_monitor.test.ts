import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { RecordingContext } from '../../test/unit/monitor/recording-context.ts';
import { TomcatMonitor } from './tomcat_monitor.ts';

describe('tomcat_monitor', () => {
  it('logs in and asks for the page for programs', async () => {
    const asked: (string | undefined)[] = [];
    const server = http.createServer((request, response) => {
      asked.push(request.url, request.headers.authorization);
      response.end('<status><jvm/></status>');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const config = {
      monitor_url: `http://127.0.0.1:${port}/manager/status?x=y`,
      monitor_user: 'statusmon',
      monitor_password: 'getstatus',
    };
    const context = new RecordingContext({ module: 'tomcat_monitor', config });
    await new TomcatMonitor(context).gatherSample();
    server.close();
    expect(asked).toEqual(['/manager/status?x=y&XML=true', 'Basic c3RhdHVzbW9uOmdldHN0YXR1cw==']);
    expect(context.diagnostics).toEqual([]);
  });
});
