/** What is not as it was sent, or not there at all. */
export type Loss = 'split' | 'incomplete' | 'notUtf8' | 'refused' | 'notAccepted' | 'overrun';

/** How each of them is told, and what to do about it. */
const REPORTS: Readonly<Record<Loss, (count: number) => string>> = {
  split: (count) =>
    `Split ${messages(count)} over TCP, longer than tcp_buffer_size allows: raise it, or set message_size_can_exceed_tcp_buffer`,
  incomplete: (count) =>
    `Gave up waiting for the end of ${messages(count)} over TCP, and wrote what had come: make the sender end them with ` +
    'message_delimiter, or raise tcp_incomplete_message_timeout',
  notUtf8: (count) =>
    `Replaced what is no UTF-8 in ${messages(count)} by "\uFFFD": make the sender use UTF-8`,
  refused: (count) =>
    `Closed ${connections(count)} at once, because as many as tcp_max_connections were open: raise it, or find out who opens so many`,
  notAccepted: (count) =>
    `Could not accept ${connections(count)}: raise the number of files that the collector may open (LimitNOFILE of the systemd unit)`,
  overrun: (count) =>
    `Lost ${messages(count)} over UDP, which came faster than they were read: raise udp_receive_buffer and net.core.rmem_max, ` +
    'or send over TCP',
};

/** Counts losses until they are told. */
export class Losses {
  readonly #counts = new Map<Loss, number>();

  add(loss: Loss, count = 1): void {
    this.#counts.set(loss, (this.#counts.get(loss) ?? 0) + count);
  }

  /** A text for each kind of loss since the last time. */
  tell(): string[] {
    const texts = Array.from(this.#counts, ([loss, count]) => REPORTS[loss](count));
    this.#counts.clear();
    return texts;
  }
}

function messages(count: number): string {
  return count === 1 ? '1 message' : `${count} messages`;
}

function connections(count: number): string {
  return count === 1 ? '1 connection' : `${count} connections`;
}
