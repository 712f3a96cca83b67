/** The lines of the page, whose form has not changed since 2002. */
const PAGE =
  /Active connections:\s*(\d+)\s+server accepts handled requests\s+(\d+)\s+(\d+)\s+(\d+)\s+Reading:\s*(\d+)\s+Writing:\s*(\d+)\s+Waiting:\s*(\d+)/;

/** The values on a page of nginx's stub_status, by the name of the metric; undefined when it is another page. */
export function parseStubStatus(page: string): ReadonlyMap<string, number> | undefined {
  const numbers = PAGE.exec(page)?.slice(1).map(Number);
  if (numbers === undefined) return undefined;
  const [active = 0, accepted = 0, handled = 0, requests = 0, reading = 0, writing = 0, waiting = 0] =
    numbers;
  return new Map([
    ['nginx.connections.active', active],
    ['nginx.connections.reading', reading],
    ['nginx.connections.writing', writing],
    ['nginx.connections.waiting', waiting],
    ['nginx.connections.accepted', accepted],
    ['nginx.connections.handled', handled],
    ['nginx.requests', requests],
  ]);
}
