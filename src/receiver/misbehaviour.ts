import * as v from 'valibot';

const milliseconds = v.pipe(v.number(), v.minValue(0));

const pattern = v.pipe(
  v.string(),
  v.check((source) => {
    try {
      return RegExp(source) instanceof RegExp;
    } catch {
      return false;
    }
  }, 'wanted a regular expression'),
);

const common = {
  /** Requests to the other path are served well. */
  signal: v.exactOptional(v.picklist(['metrics', 'logs'])),
  /** How many requests it lasts; with `forMs` too, whichever ends first; with neither, until told otherwise. */
  requests: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** How long it lasts, from when it was ordered. */
  forMs: v.exactOptional(milliseconds),
  /** Wait before the answer, after the body has been read. */
  delayMs: v.exactOptional(milliseconds),
};

/**
 * What the receiver does wrong on purpose. The same declaration checks what comes over the control path.
 *
 * - `status`: answers an error status; the data is not taken, unless `taken` says that only the answer lies.
 * - `reject`: refuses points or log records whose name (metric or event) matches `name`, or which have `attribute`: the
 *   whole request with 400, good points too, as Prometheus does (`bad-request`), or only those, as the specification says
 *   (`partial-success`). `name` and `attribute.value` are regular expressions, matched anywhere.
 * - `slow`: takes the data, waits `delayMs`, and with `trickleMs` sends the answer one byte at a time.
 * - `close`: closes the connection without an answer; with `taken`, after taking the data: the ambiguous case.
 * - `garbage`: takes the data and answers 200 with a body that is not OTLP.
 * - `redirect`: answers 307; the data is not taken.
 */
export const misbehaviourSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('status'),
    status: v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599)),
    /** Sent as it is: seconds or an HTTP date. */
    retryAfter: v.exactOptional(v.union([v.string(), v.number()])),
    message: v.exactOptional(v.string()),
    taken: v.exactOptional(v.boolean()),
    ...common,
  }),
  v.strictObject({
    kind: v.literal('reject'),
    name: v.exactOptional(pattern),
    attribute: v.exactOptional(v.strictObject({ key: v.string(), value: v.exactOptional(pattern) })),
    answer: v.picklist(['partial-success', 'bad-request']),
    ...common,
  }),
  v.strictObject({ kind: v.literal('slow'), trickleMs: v.exactOptional(milliseconds), ...common }),
  v.strictObject({ kind: v.literal('close'), taken: v.exactOptional(v.boolean()), ...common }),
  v.strictObject({ kind: v.literal('garbage'), ...common }),
  v.strictObject({ kind: v.literal('redirect'), location: v.exactOptional(v.string()), ...common }),
]);

export type Misbehaviour = v.InferOutput<typeof misbehaviourSchema>;
