import { defineConfigOption } from 'scalyr-otel-bridge';

export const kubeletHostIp = defineConfigOption({
  name: 'k8s_kubelet_host_ip',
  description:
    'Address of the node. In a pod, let the variable SCALYR_K8S_KUBELET_HOST_IP hold `status.hostIP`.',
  convertTo: 'string',
});
export const nodeName = defineConfigOption({
  name: 'k8s_node_name',
  description:
    'Name of the node, which is its address where no other is given. In a pod, let SCALYR_K8S_NODE_NAME or K8S_NODE_NAME hold `spec.nodeName`.',
  convertTo: 'string',
});
export const kubeletUrlTemplate = defineConfigOption({
  name: 'k8s_kubelet_api_url_template',
  description: 'Where the kubelet serves its API; may hold `${host_ip}` and `${node_name}`.',
  convertTo: 'string',
  default: 'https://${host_ip}:10250',
});
export const verifyKubeletQueries = defineConfigOption({
  name: 'k8s_verify_kubelet_queries',
  description: "Whether the kubelet's certificate must be trusted.",
  convertTo: 'bool',
  default: true,
});
export const kubeletCaCert = defineConfigOption({
  name: 'k8s_kubelet_ca_cert',
  description: "File with the certificate, in PEM, of the authority that signed the kubelet's.",
  convertTo: 'string',
  default: '/run/secrets/kubernetes.io/serviceaccount/ca.crt',
});
export const serviceAccountToken = defineConfigOption({
  name: 'k8s_service_account_token',
  description: 'File with the token that is shown to the kubelet, over https only.',
  convertTo: 'string',
  default: '/var/run/secrets/kubernetes.io/serviceaccount/token',
});
export const clusterName = defineConfigOption({
  name: 'k8s_cluster_name',
  description: 'Name of the cluster, for the field `k8s-cluster`; without it there is no such field.',
  convertTo: 'string',
});
export const reportContainerMetrics = defineConfigOption({
  name: 'report_container_metrics',
  description: 'Whether metrics are emitted at all; when they are not, the monitor is not run.',
  convertTo: 'bool',
  default: true,
});
export const reportK8sMetrics = defineConfigOption({
  name: 'report_k8s_metrics',
  description: 'Whether metrics of pods and of the node are emitted, besides those of containers.',
  convertTo: 'bool',
  default: true,
});
export const reportNodeMetrics = defineConfigOption({
  name: 'report_node_metrics',
  description: 'Whether those of the node are among them.',
  convertTo: 'bool',
  default: true,
});
export const reportControllers = defineConfigOption({
  name: 'report_controllers',
  description:
    'Whether the kubelet is asked for the controllers of its pods, for the field `k8s-controller`. That needs "get" on nodes/proxy.',
  convertTo: 'bool',
  default: true,
});
export const metricsOnly = defineConfigOption({
  name: 'metrics_only',
  description:
    'Says that logs are not wanted, and metrics are, whatever `report_container_metrics` says; then nothing is logged about logs.',
  convertTo: 'bool',
  default: false,
});
export const ignoreNamespaces = defineConfigOption({
  name: 'k8s_ignore_namespaces',
  description: 'Namespaces whose pods are left out.',
  convertTo: 'spaceAndCommaSeparatedStrings',
  default: ['kube-system'],
});
export const containerGlobs = defineConfigOption({
  name: 'container_globs',
  description:
    'Patterns of the names of the containers to report, with `*`, `?` and `[…]`; without them all are.',
  convertTo: 'stringArray',
});
export const containerGlobsExclude = defineConfigOption({
  name: 'container_globs_exclude',
  description: 'Patterns of the names of containers to leave out, even if `container_globs` has them.',
  convertTo: 'stringArray',
  default: [],
});
export const includeAllContainers = defineConfigOption({
  name: 'k8s_include_all_containers',
  description:
    'Must be true: which pods an annotation includes cannot be known from the summary. A warning says so otherwise.',
  convertTo: 'bool',
  default: true,
});
export const timeout = defineConfigOption({
  name: 'timeout',
  description: 'Seconds to wait for each answer of the kubelet.',
  convertTo: 'float',
  default: 10,
  minValue: 0.001,
  maxValue: 15,
});
