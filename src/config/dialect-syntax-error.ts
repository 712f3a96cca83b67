/** A text that does not follow the dialect; stays inside the parser, which turns it into a problem with a position. */
export class DialectSyntaxError extends Error {
  /** Where in the text, in UTF-16 units from 0. */
  readonly offset: number;

  constructor(message: string, offset: number, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DialectSyntaxError';
    this.offset = offset;
  }
}
