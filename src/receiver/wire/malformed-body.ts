/** The body of a request is not what its Content-Type says; the message tells the sender what is wrong with it. */
export class MalformedBody extends Error {
  override readonly name = 'MalformedBody';
}
