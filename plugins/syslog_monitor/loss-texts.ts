/** How much is told that is not as it was sent, or not there at all, and what to do about it. */
export const lossTexts = {
  split: (count: number) =>
    `Split ${messages(count)} over TCP, longer than tcp_buffer_size allows: raise it, or set message_size_can_exceed_tcp_buffer`,
  incomplete: (count: number) =>
    `Gave up waiting for the end of a message over TCP ${times(count)}, and wrote what had come: set tcp_message_delimiter ` +
    'to what the sender ends messages with, or raise tcp_incomplete_frame_timeout',
  notUtf8: (count: number) =>
    `Replaced what is no UTF-8 in ${messages(count)} by "\uFFFD": make the sender use UTF-8`,
  refused: (count: number) =>
    `Closed ${connections(count)} at once, because as many as tcp_max_connections were open: raise it, or find out who opens so many`,
  notAccepted: (count: number) =>
    `Could not accept ${connections(count)}: raise the number of files that the collector may open (LimitNOFILE of the systemd unit)`,
  overrun: (count: number) =>
    `Lost ${messages(count)} over UDP, which came faster than they were read: raise udp_receive_buffer and net.core.rmem_max, ` +
    'or send over TCP',
};

export type Loss = keyof typeof lossTexts;

function messages(count: number): string {
  return count === 1 ? '1 message' : `${count} messages`;
}

function connections(count: number): string {
  return count === 1 ? '1 connection' : `${count} connections`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
