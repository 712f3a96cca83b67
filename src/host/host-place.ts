/** Where a monitor lives. */
export interface HostPlace {
  readonly kind: 'thread' | 'process';
  /** Whom it shares that with; undefined: it lives alone. */
  readonly shared?: {
    /** The same for all that live there: `url_monitor/3`. */
    readonly name: string;
    /** How many other monitors live there now, where that is known. */
    readonly others?: number;
  };
}
