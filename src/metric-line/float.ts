/**
 * A number that is a floating point number even when it is whole.
 *
 * Scalyr's format tells `1` from `1.0`; JavaScript does not. A plain whole `number` is written as `1`; `new Float(1)` as
 * `1.0`. The configuration reader uses the same class for a number written with a point or an exponent.
 */
export class Float {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  valueOf(): number {
    return this.value;
  }
}
