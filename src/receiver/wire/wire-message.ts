/** Value of one field: integers of 64 bits are `bigint`, all other numbers `number`. */
export type WireValue =
  string | boolean | number | bigint | Uint8Array | WireMessage | readonly WireMessage[];

/**
 * A decoded message, whichever encoding it came in. The decoders have checked each value against its schema; a getter
 * that meets another type was asked for the wrong field.
 */
export class WireMessage {
  readonly #values = new Map<string, WireValue>();

  set(field: string, value: WireValue): void {
    this.#values.set(field, value);
  }

  append(field: string, message: WireMessage): void {
    const list = this.#values.get(field);
    if (Array.isArray(list)) list.push(message);
    else this.#values.set(field, [message]);
  }

  /** Undefined when the sender left the field out. */
  get(field: string): WireValue | undefined {
    return this.#values.get(field);
  }

  string(field: string): string {
    const value = this.#values.get(field) ?? '';
    return typeof value === 'string' ? value : wrongType(field, 'string');
  }

  boolean(field: string): boolean {
    const value = this.#values.get(field) ?? false;
    return typeof value === 'boolean' ? value : wrongType(field, 'boolean');
  }

  number(field: string): number {
    const value = this.#values.get(field) ?? 0;
    return typeof value === 'number' ? value : wrongType(field, 'number');
  }

  bigint(field: string): bigint {
    const value = this.#values.get(field) ?? 0n;
    return typeof value === 'bigint' ? value : wrongType(field, 'bigint');
  }

  message(field: string): WireMessage | undefined {
    const value = this.#values.get(field);
    if (value === undefined || value instanceof WireMessage) return value;
    return wrongType(field, 'message');
  }

  messages(field: string): readonly WireMessage[] {
    const value = this.#values.get(field) ?? [];
    return isList(value) ? value : wrongType(field, 'list of messages');
  }
}

function isList(value: WireValue): value is readonly WireMessage[] {
  return Array.isArray(value);
}

function wrongType(field: string, wanted: string): never {
  throw new TypeError(`Field "${field}" is not a ${wanted}`);
}
