/** A field that stands in each line of a monitor's log. */
export interface DeclaredLogField {
  readonly name: string;
  readonly description: string;
}

/**
 * Declares a field of a monitor's lines, for its documentation.
 *
 *     defineLogField({ name: 'instance', description: 'The server the value was read from.' })
 */
export function defineLogField(field: DeclaredLogField): DeclaredLogField {
  return field;
}
