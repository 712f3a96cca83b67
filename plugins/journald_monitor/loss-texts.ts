/** How much is told that is not as it stands in the journal, or not there at all. */
export const lossTexts = {
  cut: (count: number) =>
    `Cut off what was too long in ${entries(count)} of the journal; the journal has all of it`,
  tooLong: (count: number) => `Left out ${entries(count)} of the journal that took more than 8 MiB`,
  unreadable: (count: number) =>
    `Left out ${entries(count)} of the journal that cannot be read: is it journalctl that writes them?`,
};

function entries(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`;
}
