/**
 * The entry of a monitor is wrong in a way that restarting does not mend: an option is missing, out of range or of the
 * wrong type. A monitor throws it from initialize() for rules of its own.
 *
 *     throw new BadMonitorConfiguration('Cannot watch "/proc/x": no such process', 'pid');
 */
export class BadMonitorConfiguration extends Error {
  override readonly name = 'BadMonitorConfiguration';
  /** The option that is wrong. */
  readonly field: string;

  constructor(message: string, field: string, options?: ErrorOptions) {
    super(message, options);
    this.field = field;
  }
}
