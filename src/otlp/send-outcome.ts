/** What one request to a backend came to. Everything that delivery does next follows from it. */
export type SendOutcome =
  /**
   * The backend has it, except `rejectedItems` points or records of which it does not say which they are. `message` is
   * what it said about them, or a warning; empty as a rule.
   */
  | { readonly kind: 'accepted'; readonly rejectedItems: number; readonly message: string }
  /** Not now: busy, down, unreachable, too slow. `afterMs` is the wait that the backend asked for. */
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs?: number }
  /** Nothing will be taken there until somebody changes something: credentials, address, certificate, format. */
  | { readonly kind: 'endpoint-wrong'; readonly reason: string }
  /** This data is not wanted, other data may be. `status` is the HTTP status. */
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string };
