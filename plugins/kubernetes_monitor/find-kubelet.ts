import { BadMonitorConfiguration, parseHttpUrl } from 'scalyr-otel-bridge';
import type { MonitorConfig } from 'scalyr-otel-bridge';
import { kubeletHostIp, kubeletUrlTemplate, nodeName } from './options.ts';

/** Where a kubelet is asked. */
export interface KubeletPlace {
  readonly url: URL;
  /** Its port that is read-only and needs neither token nor TLS; only where the address is the usual one. */
  readonly readOnlyUrl?: URL;
}

/** Kubelets answer there when they were started with --read-only-port. */
const READ_ONLY_PORT = 10_255;

/** Throws BadMonitorConfiguration when the address of the kubelet is not known, or none. */
export function findKubelet(config: MonitorConfig): KubeletPlace {
  const template = config.get(kubeletUrlTemplate);
  const node =
    config.get(nodeName) ?? config.get(nodeName.name, { convertTo: 'string', envName: 'K8S_NODE_NAME' });
  const host = config.get(kubeletHostIp) ?? node;
  const url = parseHttpUrl(
    template
      .replaceAll('${host_ip}', () => inUrl(host, kubeletHostIp.name))
      .replaceAll('${node_name}', () => inUrl(node, nodeName.name)),
    kubeletUrlTemplate.name,
  );
  if (template !== kubeletUrlTemplate.default || host === undefined) return { url };
  return { url, readOnlyUrl: new URL(`http://${inUrl(host, kubeletHostIp.name)}:${READ_ONLY_PORT}`) };
}

/** An IPv6 address stands in brackets. */
function inUrl(host: string | undefined, field: string): string {
  if (host === undefined || host === '') {
    throw new BadMonitorConfiguration(
      `Cannot find the kubelet: field "${field}" is missing; set it, or let the variable SCALYR_${field.toUpperCase()} ` +
        'hold what the downward API says of the node',
      field,
    );
  }
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
