import { globsToRegExp, HttpFailure, ScalyrMonitor, unlimitedMetricLog } from 'scalyr-otel-bridge';
import type { ExtraFields } from 'scalyr-otel-bridge';
import { findKubelet } from './find-kubelet.ts';
import { KnownControllers } from './known-controllers.ts';
import { Kubelet } from './kubelet.ts';
import { metrics } from './metrics.ts';
import * as options from './options.ts';
import type { Summary, SummaryPod, SummaryValue } from './parse-summary.ts';
import { unusedOptions } from './unused-options.ts';

/** Seconds that must pass before the same trouble is reported, and controllers that could not be had are asked for again. */
const COMPLAIN_EVERY_SECS = 300;

/** What may stand in the brackets of a line; Kubernetes lets nothing else be the name of a pod or a container. */
const NAME = /^[\w.-]{1,253}$/;

/** Asks the kubelet of a node for its summary of containers, pods and the node. */
export class KubernetesMonitor extends ScalyrMonitor {
  static override readonly description =
    'Reports processor, memory, network and disk of the pods on a Kubernetes node, and of the node.';
  static override readonly configOptions = [
    ...Object.values(options),
    ...unlimitedMetricLog,
    ...unusedOptions,
  ];
  static override readonly metrics = metrics;

  /** Seconds on a clock: a test takes its place. */
  elapsedSecs: () => number = () => performance.now() / 1000;

  #kubelet: Kubelet | undefined;
  readonly #ignored = new Set(this.config.get(options.ignoreNamespaces));
  readonly #includedContainers = globsToRegExp(this.config.get(options.containerGlobs) ?? ['*']);
  readonly #excludedContainers = globsToRegExp(this.config.get(options.containerGlobsExclude));
  readonly #controllers = new KnownControllers();
  #nextLookupSecs = -Infinity;

  override initialize(): void {
    if (!this.config.get(options.includeAllContainers)) {
      this.logger.warn(
        'All pods are reported although k8s_include_all_containers is false: the summary of the kubelet does not say ' +
          'which pods have an annotation; leave out namespaces with k8s_ignore_namespaces instead',
      );
    }
    if (!this.config.get(options.metricsOnly)) {
      this.disabled = !this.config.get(options.reportContainerMetrics);
      this.logger.info(
        'Logs of pods are not collected here: leave them to a log shipper, and set metrics_only to true',
      );
    }
    if (!this.disabled) this.#kubelet = this.#makeKubelet();
  }

  override async gatherSample(): Promise<void> {
    if (this.#kubelet === undefined) return;
    try {
      await this.#sample(this.#kubelet);
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      this.#complain(error.message, 'summary');
    }
  }

  #makeKubelet(): Kubelet {
    return new Kubelet({
      place: findKubelet(this.config),
      tokenFile: this.config.get(options.serviceAccountToken),
      caFile: this.config.get(options.kubeletCaCert),
      verify: this.config.get(options.verifyKubeletQueries),
      timeoutSecs: this.config.get(options.timeout),
      signal: this.signal,
      onReadOnly: (url) => this.#sayReadOnly(url),
    });
  }

  async #sample(kubelet: Kubelet): Promise<void> {
    const summary = await kubelet.summary();
    const pods = summary.pods.filter(({ namespace }) => !this.#ignored.has(namespace));
    if (this.config.get(options.reportControllers)) await this.#learnControllers(kubelet, pods);
    if (this.signal.aborted) return;
    this.#emitAll({ ...summary, pods });
    if (summary.unknownPods === 0) return;
    this.logger.warn(
      `Left out ${summary.unknownPods} of ${summary.pods.length + summary.unknownPods} pods: the kubelet does not tell ` +
        'their name, namespace and UID',
      { limitOncePerSecs: COMPLAIN_EVERY_SECS, limitKey: 'unknown pods' },
    );
  }

  /** Values are emitted without the controllers that could not be learned. */
  async #learnControllers(kubelet: Kubelet, pods: readonly SummaryPod[]): Promise<void> {
    const uids = pods.map(({ uid }) => uid);
    if (!this.#controllers.isNewAmong(uids) || this.elapsedSecs() < this.#nextLookupSecs) return;
    try {
      this.#controllers.learn(uids, await kubelet.controllers());
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      this.#nextLookupSecs = this.elapsedSecs() + COMPLAIN_EVERY_SECS;
      this.#complain(
        `${error.message}. Or set report_controllers to false; until then values have no k8s-controller`,
        'pods',
      );
    }
  }

  #emitAll({ nodeName, values, pods }: Summary): void {
    const cluster = this.config.get(options.clusterName) ?? '';
    const place = { 'k8s-node': nodeName, ...(cluster !== '' && { 'k8s-cluster': cluster }) };
    const isForPods = this.config.get(options.reportK8sMetrics);
    for (const pod of pods) this.#emitPod(pod, place, isForPods);
    if (isForPods && this.config.get(options.reportNodeMetrics)) this.#emit(values, place);
  }

  #emitPod(
    { name, namespace, uid, values, containers }: SummaryPod,
    place: ExtraFields,
    isForPods: boolean,
  ): void {
    const controller = this.#controllers.of(uid);
    const fields = {
      ...place,
      ...(controller !== undefined && { 'k8s-controller': controller }),
      pod_name: name,
      pod_namespace: namespace,
      pod_uid: uid,
    };
    for (const container of containers) {
      if (!this.#includedContainers.test(container.name) || this.#excludedContainers.test(container.name))
        continue;
      this.#emit(container.values, { ...fields, container: container.name }, container.name);
    }
    if (isForPods) this.#emit(values, fields, name);
  }

  #emit(values: readonly SummaryValue[], owner: ExtraFields, name = ''): void {
    const monitorId = NAME.test(name) ? { monitorId: name } : {};
    for (const { metric, value, fields } of values) {
      this.logger.emitValue(metric, value, { ...owner, ...fields }, monitorId);
    }
  }

  #sayReadOnly(url: URL): void {
    this.logger.info(
      `Nothing listens at the usual port of the kubelet: it is asked at "${url.origin}", its read-only port`,
      { limitOncePerSecs: 86_400, limitKey: 'read only' },
    );
  }

  #complain(message: string, limitKey: string): void {
    if (this.signal.aborted) return;
    this.logger.error(message, { limitOncePerSecs: COMPLAIN_EVERY_SECS, limitKey });
  }
}
