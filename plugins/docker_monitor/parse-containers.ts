import { jsonAt } from 'scalyr-otel-bridge';
import type { JsonValue } from 'scalyr-otel-bridge';

/** A running container. */
export interface Container {
  readonly id: string;
  readonly name: string;
}

const ID = /^[0-9a-f]{12,64}$/i;
/** A container has other names of the form `/another/alias` where one is linked to it. */
const OWN_NAME = /^\/?([\w.-]+)$/;

/**
 * The containers in an answer to `GET /containers/json`; one without a name of its own is named as Docker shows its id.
 * Undefined when it is no such answer.
 */
export function parseContainers(answer: JsonValue | undefined): Container[] | undefined {
  if (!Array.isArray(answer)) return undefined;
  const containers: Container[] = [];
  for (const entry of answer as readonly JsonValue[]) {
    const id = jsonAt(entry, 'Id');
    if (typeof id !== 'string' || !ID.test(id)) return undefined;
    containers.push({ id, name: ownName(jsonAt(entry, 'Names')) ?? id.slice(0, 12) });
  }
  return containers;
}

function ownName(names: JsonValue | undefined): string | undefined {
  if (!Array.isArray(names)) return undefined;
  for (const name of names as readonly JsonValue[]) {
    const own = typeof name === 'string' ? OWN_NAME.exec(name)?.[1] : undefined;
    if (own !== undefined) return own;
  }
  return undefined;
}
