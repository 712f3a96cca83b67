/** Scalar types of protobuf that OTLP uses. */
export type ScalarType =
  'string' | 'bytes' | 'bool' | 'double' | 'fixed64' | 'sfixed64' | 'int64' | 'uint32' | 'enum';

export interface FieldSchema {
  /** As OTLP/JSON spells it; protobuf knows the number only. */
  readonly name: string;
  readonly number: number;
  readonly type: ScalarType | MessageSchema;
  readonly repeated: boolean;
}

/** Fields of one protobuf message, found by number for protobuf and by name for JSON: one declaration for both. */
export class MessageSchema {
  readonly name: string;
  readonly #declare: () => readonly FieldSchema[];
  #fields: Map<number | string, FieldSchema> | undefined;

  /** `declare` is called at first use, so that messages may contain each other. */
  constructor(name: string, declare: () => readonly FieldSchema[]) {
    this.name = name;
    this.#declare = declare;
  }

  /** The field with this number or this name; undefined when it is unknown. */
  field(key: number | string): FieldSchema | undefined {
    this.#fields ??= new Map(
      this.#declare().flatMap((field): [number | string, FieldSchema][] => [
        [field.number, field],
        [field.name, field],
      ]),
    );
    return this.#fields.get(key);
  }
}

/** A field that occurs at most once. */
export function one(number: number, name: string, type: ScalarType | MessageSchema): FieldSchema {
  return { number, name, type, repeated: false };
}

/** A repeated field. */
export function many(number: number, name: string, type: MessageSchema): FieldSchema {
  return { number, name, type, repeated: true };
}
