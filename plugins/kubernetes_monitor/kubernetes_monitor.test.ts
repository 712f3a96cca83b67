import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { ConfigObject } from 'scalyr-otel-bridge';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { RecordingContext } from '../../test/unit/monitor/recording-context.ts';
import { Kubelet } from './kubelet.ts';
import { KubernetesMonitor } from './kubernetes_monitor.ts';

const PEM_FILES = path.resolve(import.meta.dirname, '../../test/fixtures/otlp');
const SUMMARY = { node: { nodeName: 'node-1', cpu: { usageNanoCores: 5 } }, pods: [] };
const NODE_LINE = '2023-11-14 22:13:20.123Z [kubernetes_monitor()] k8s.node.cpu.usage 5 k8s-node="node-1"\n';

function makeMonitor(config: ConfigObject) {
  const context = new RecordingContext({
    module: 'kubernetes_monitor',
    config: { metrics_only: true, ...config },
  });
  const monitor = new KubernetesMonitor(context);
  monitor.initialize();
  return { monitor, context };
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A kubelet on loopback that is gone when the test is over; gives its address without a slash at the end. */
async function serve(answer: Answer, scheme: 'http' | 'https' = 'http'): Promise<string> {
  const pem = (name: string): string => readFileSync(path.join(PEM_FILES, name), 'utf8');
  const server =
    scheme === 'http'
      ? createServer(answer)
      : createTlsServer({ cert: pem('server.pem'), key: pem('server.key') }, answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Gives its summary to who shows the token `secret-1` or `secret-2`. */
function guarded(shown: (string | undefined)[] = []): Answer {
  return ({ headers: { authorization } }, response) => {
    shown.push(authorization);
    if (/^Bearer secret-[12]$/.test(authorization ?? '')) response.end(JSON.stringify(SUMMARY));
    else response.writeHead(401).end('Unauthorized');
  };
}

function fileWith(content: string): string {
  const file = path.join(temporaryFolder(), 'file');
  writeFileSync(file, content);
  return file;
}

const messagesOf = ({ diagnostics }: RecordingContext): string[] => diagnostics.map(({ message }) => message);

describe('kubernetes_monitor over https', () => {
  const ca = path.join(PEM_FILES, 'ca.pem');

  it('shows its token to a kubelet whose certificate it trusts, the new one when it has changed', async () => {
    const shown: (string | undefined)[] = [];
    const token = fileWith('secret-1\n');
    const { monitor, context } = makeMonitor({
      k8s_kubelet_api_url_template: await serve(guarded(shown), 'https'),
      k8s_kubelet_ca_cert: ca,
      k8s_service_account_token: token,
    });
    await monitor.gatherSample();
    writeFileSync(token, 'secret-2\n');
    await monitor.gatherSample();
    expect(shown).toEqual(['Bearer secret-1', 'Bearer secret-2']);
    expect(context.lines).toEqual([NODE_LINE, NODE_LINE]);
  });

  it('shows no token to a kubelet whose certificate nobody knows, and says which options there are', async () => {
    const shown: (string | undefined)[] = [];
    const url = await serve(guarded(shown), 'https');
    const { monitor, context } = makeMonitor({
      k8s_kubelet_api_url_template: url,
      k8s_kubelet_ca_cert: path.join(PEM_FILES, 'client.pem'),
      k8s_service_account_token: fileWith('secret-1'),
    });
    await monitor.gatherSample();
    expect(shown).toEqual([]);
    expect(messagesOf(context)).toEqual([
      expect.stringMatching(
        /the server's certificate is not trusted; .* k8s_kubelet_ca_cert, or set k8s_verify_kubelet_queries to false$/,
      ),
    ]);
  });

  it('asks any kubelet when it is told not to verify, and needs no certificate for it', async () => {
    const { monitor, context } = makeMonitor({
      k8s_kubelet_api_url_template: await serve(guarded(), 'https'),
      k8s_verify_kubelet_queries: false,
      k8s_kubelet_ca_cert: '/nowhere/ca.crt',
      k8s_service_account_token: fileWith('secret-1'),
    });
    await monitor.gatherSample();
    expect(context.lines).toEqual([NODE_LINE]);
  });

  it('says when the kubelet does not take the token, without showing it', async () => {
    const token = fileWith('secret-3');
    const url = await serve(guarded(), 'https');
    const { monitor, context } = makeMonitor({
      k8s_kubelet_api_url_template: url,
      k8s_kubelet_ca_cert: ca,
      k8s_service_account_token: token,
    });
    await monitor.gatherSample();
    expect(messagesOf(context)).toEqual([
      `Cannot read "${url}/stats/summary" of the kubelet: HTTP 401; it does not take the token in "${token}"; correct ` +
        'k8s_service_account_token, or start the kubelet with --authentication-token-webhook',
    ]);
  });

  it.each([
    ['', 'it holds no token; correct k8s_service_account_token'],
    ['secret-1\nsecret-2\n', 'it holds no token; correct k8s_service_account_token'],
  ])('does not take %j for a token', async (content, message) => {
    const token = fileWith(content);
    const { monitor, context } = makeMonitor({
      k8s_kubelet_api_url_template: 'https://127.0.0.1:1',
      k8s_kubelet_ca_cert: ca,
      k8s_service_account_token: token,
    });
    await monitor.gatherSample();
    expect(messagesOf(context)).toEqual([`Cannot use "${token}": ${message}`]);
  });

  it.each(['k8s_service_account_token', 'k8s_kubelet_ca_cert'])(
    'says when the file of %s is missing',
    async (field) => {
      const { monitor, context } = makeMonitor({
        k8s_kubelet_api_url_template: 'https://127.0.0.1:1',
        k8s_kubelet_ca_cert: ca,
        k8s_service_account_token: fileWith('secret-1'),
        [field]: '/nowhere/file',
      });
      await monitor.gatherSample();
      expect(messagesOf(context)).toEqual([
        `Cannot read "/nowhere/file": ENOENT; let the pod have its service account (automountServiceAccountToken), or correct ${field}`,
      ]);
    },
  );
});

describe('kubernetes_monitor', () => {
  it('says once in five minutes that the kubelet cannot be reached', async () => {
    const { monitor, context } = makeMonitor({ k8s_kubelet_api_url_template: 'http://127.0.0.1:1' });
    await monitor.gatherSample();
    await monitor.gatherSample();
    context.timeMs += 300_000;
    await monitor.gatherSample();
    const message =
      'Cannot fetch "http://127.0.0.1:1/stats/summary": connection refused; start the server, or correct the host and the port (ECONNREFUSED)';
    expect(messagesOf(context)).toEqual([message, message]);
  });

  it('asks a kubelet behind the path of a proxy', async () => {
    const asked: (string | undefined)[] = [];
    const url = await serve(({ url: target }, response) => {
      asked.push(target);
      response.end(JSON.stringify(SUMMARY));
    });
    const { monitor } = makeMonitor({
      k8s_kubelet_api_url_template: `${url}/api/v1/nodes/\${node_name}/proxy/`,
      k8s_node_name: 'node-1',
    });
    await monitor.gatherSample();
    expect(asked).toEqual(['/api/v1/nodes/node-1/proxy/stats/summary']);
  });

  it('gives up a kubelet that does not answer in time', async () => {
    const url = await serve((_request, response) => response.write('{'));
    const { monitor, context } = makeMonitor({ k8s_kubelet_api_url_template: url, timeout: 0.05 });
    await monitor.gatherSample();
    expect(messagesOf(context)).toEqual([
      `Cannot fetch "${url}/stats/summary": no complete answer within 0.05 s`,
    ]);
  });

  it('says nothing and leaves nothing open when it is stopped while it waits', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    let onAsked = (): void => {};
    const asked = new Promise<void>((resolve) => (onAsked = resolve));
    const url = await serve((request) => {
      closed = once(request.socket, 'close');
      onAsked();
    });
    const { monitor, context } = makeMonitor({ k8s_kubelet_api_url_template: url });
    const sample = monitor.gatherSample();
    await asked;
    context.stopping.abort();
    await sample;
    await closed;
    expect([...context.lines, ...messagesOf(context)]).toEqual([]);
  });

  it('asks for controllers again five minutes after it could not have them', async () => {
    const pod = { podRef: { name: 'a', namespace: 'b', uid: 'c' }, process_stats: { process_count: 1 } };
    const asked: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url);
      if (request.url === '/pods') response.writeHead(403).end();
      else response.end(JSON.stringify({ ...SUMMARY, pods: [pod] }));
    });
    const { monitor, context } = makeMonitor({ k8s_kubelet_api_url_template: url });
    let elapsedSecs = 1000;
    monitor.elapsedSecs = () => elapsedSecs;
    await monitor.gatherSample();
    await monitor.gatherSample();
    elapsedSecs += 300;
    await monitor.gatherSample();
    expect(asked).toEqual(['/stats/summary', '/pods', '/stats/summary', '/stats/summary', '/pods']);
    expect(context.lines).toHaveLength(6);
  });

  it('does not let what it is told make a line of another form', async () => {
    const forged = 'a)] k8s.node.cpu.usage 9\n';
    const pod = { podRef: { name: forged, namespace: 'b', uid: 'c' }, process_stats: { process_count: 1 } };
    const url = await serve((_request, response) =>
      response.end(JSON.stringify({ ...SUMMARY, pods: [pod] })),
    );
    const { monitor, context } = makeMonitor({
      k8s_kubelet_api_url_template: url,
      report_controllers: false,
    });
    await monitor.gatherSample();
    expect(context.lines[0]).toBe(
      '2023-11-14 22:13:20.123Z [kubernetes_monitor()] k8s.pod.processes 1 k8s-node="node-1" ' +
        String.raw`pod_name="a)] k8s.node.cpu.usage 9\n" pod_namespace="b" pod_uid="c"` +
        '\n',
    );
  });

  it('watches two kubelets side by side', async () => {
    const answerOf =
      (nodeName: string): Answer =>
      (_request, response) =>
        response.end(JSON.stringify({ node: { ...SUMMARY.node, nodeName } }));
    const one = makeMonitor({ k8s_kubelet_api_url_template: await serve(answerOf('one')) });
    const other = makeMonitor({ k8s_kubelet_api_url_template: await serve(answerOf('other')) });
    await Promise.all([one.monitor.gatherSample(), other.monitor.gatherSample()]);
    expect(one.context.lines.join('')).toContain('k8s-node="one"');
    expect(other.context.lines.join('')).toContain('k8s-node="other"');
  });

  it('is not run, and needs no kubelet, when neither metrics are wanted nor logs can be had', async () => {
    const { monitor, context } = makeMonitor({ metrics_only: false, report_container_metrics: false });
    await monitor.gatherSample();
    expect(monitor.disabled).toBe(true);
    expect(context.lines).toEqual([]);
  });
});

describe('Kubelet', () => {
  function makeKubelet(readOnlyUrl: string) {
    const told: string[] = [];
    const kubelet = new Kubelet({
      place: { url: new URL('https://127.0.0.1:1'), readOnlyUrl: new URL(readOnlyUrl) },
      tokenFile: fileWith('secret-1'),
      caFile: path.join(PEM_FILES, 'ca.pem'),
      verify: true,
      timeoutSecs: 10,
      signal: new AbortController().signal,
      onReadOnly: (url) => told.push(url.origin),
    });
    return { kubelet, told };
  }

  it('is asked on its read-only port, without the token, where nothing listens on the other', async () => {
    const shown: (string | undefined)[] = [];
    const url = await serve(({ headers }, response) => {
      shown.push(headers.authorization);
      response.end(JSON.stringify(SUMMARY));
    });
    const { kubelet, told } = makeKubelet(url);
    expect(await kubelet.summary()).toMatchObject({ nodeName: 'node-1' });
    expect(shown).toEqual([undefined]);
    expect(told).toEqual([url]);
  });

  it('complains of the usual port when neither answers', async () => {
    const { kubelet, told } = makeKubelet('http://127.0.0.1:1');
    await expect(kubelet.summary()).rejects.toThrow('Cannot fetch "https://127.0.0.1:1/stats/summary"');
    expect(told).toEqual([]);
  });
});
