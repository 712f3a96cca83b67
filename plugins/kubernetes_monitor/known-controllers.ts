/**
 * The controllers of pods, which never change: they are only looked up when there is a pod that was not there before.
 * A pod without a controller is remembered too, one that is gone is not.
 */
export class KnownControllers {
  #known = new Map<string, string | undefined>();

  /** Whether the controllers must be looked up. */
  isNewAmong(uids: readonly string[]): boolean {
    return uids.some((uid) => !this.#known.has(uid));
  }

  /** Learns what was looked up; forgets all pods but those with these UIDs. */
  learn(uids: readonly string[], found: ReadonlyMap<string, string>): void {
    this.#known = new Map(uids.map((uid) => [uid, found.get(uid) ?? this.#known.get(uid)]));
  }

  of(uid: string): string | undefined {
    return this.#known.get(uid);
  }
}
