import { jsonAt } from 'scalyr-otel-bridge';
import type { JsonValue } from 'scalyr-otel-bridge';

/** The pod template's hash, which is also the end of the name of the ReplicaSet that a Deployment made for it. */
const TEMPLATE_HASH = 'pod-template-hash';

/**
 * Names of the controllers in an answer to `GET /pods`, by the UIDs of the pods. A pod of a Deployment belongs to one of
 * its ReplicaSets: the Deployment is named. Pods without a controller are not there. Undefined when it is no such answer.
 */
export function parseControllers(answer: JsonValue | undefined): ReadonlyMap<string, string> | undefined {
  const pods = jsonAt(answer, 'items');
  if (!Array.isArray(pods)) return undefined;
  const controllers = new Map<string, string>();
  for (const pod of pods as readonly JsonValue[]) {
    const uid = jsonAt(pod, 'metadata.uid');
    const controller = controllerOf(jsonAt(pod, 'metadata'));
    if (typeof uid === 'string' && controller !== undefined) controllers.set(uid, controller);
  }
  return controllers;
}

function controllerOf(metadata: JsonValue | undefined): string | undefined {
  const owners = jsonAt(metadata, 'ownerReferences');
  if (!Array.isArray(owners)) return undefined;
  const owner = (owners as readonly JsonValue[]).find((each) => jsonAt(each, 'controller') === true);
  const name = jsonAt(owner, 'name');
  if (typeof name !== 'string') return undefined;
  const hash = jsonAt(jsonAt(metadata, 'labels'), TEMPLATE_HASH);
  const isOfDeployment = jsonAt(owner, 'kind') === 'ReplicaSet' && typeof hash === 'string';
  return isOfDeployment && name.endsWith(`-${hash}`) ? name.slice(0, -hash.length - 1) : name;
}
