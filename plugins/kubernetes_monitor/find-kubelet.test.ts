import { MonitorConfig } from 'scalyr-otel-bridge';
import type { ConfigObject } from 'scalyr-otel-bridge';
import { describe, expect, it } from 'vitest';
import { findKubelet } from './find-kubelet.ts';
import { KubernetesMonitor } from './kubernetes_monitor.ts';

describe('findKubelet', () => {
  function find(entry: ConfigObject, environment: Record<string, string> = {}) {
    const { url, readOnlyUrl } = findKubelet(
      new MonitorConfig(entry, {
        module: 'kubernetes_monitor',
        options: KubernetesMonitor.configOptions,
        environment,
      }),
    );
    return [url.href, readOnlyUrl?.href];
  }

  it.each([
    [{}, { SCALYR_K8S_KUBELET_HOST_IP: '10.0.0.7', SCALYR_K8S_NODE_NAME: 'node-1' }, '10.0.0.7'],
    [{}, { SCALYR_K8S_NODE_NAME: 'node-1' }, 'node-1'],
    [{}, { K8S_NODE_NAME: 'node-2' }, 'node-2'],
    [{ k8s_kubelet_host_ip: '10.0.0.8' }, { SCALYR_K8S_KUBELET_HOST_IP: '10.0.0.7' }, '10.0.0.8'],
    [{ k8s_kubelet_host_ip: 'fd00::7' }, {}, '[fd00::7]'],
  ])('with %j and the environment %j finds %s', (entry, environment, host) => {
    expect(find(entry, environment)).toEqual([`https://${host}:10250/`, `http://${host}:10255/`]);
  });

  it('knows no read-only port of a kubelet at an address of its own', () => {
    expect(find({ k8s_kubelet_api_url_template: 'https://${node_name}:1', k8s_node_name: 'a' })).toEqual([
      'https://a:1/',
      undefined,
    ]);
  });

  it.each([
    [
      {},
      'Cannot find the kubelet: field "k8s_kubelet_host_ip" is missing; set it, or let the variable SCALYR_K8S_KUBELET_HOST_IP',
    ],
    [
      { k8s_kubelet_api_url_template: 'https://${node_name}' },
      'Cannot find the kubelet: field "k8s_node_name" is missing',
    ],
    [
      { k8s_kubelet_api_url_template: 'kubelet' },
      'Cannot use "kubelet" in field "k8s_kubelet_api_url_template"',
    ],
  ])('refuses %j', (entry, message) => {
    expect(() => find(entry)).toThrow(message);
  });
});
