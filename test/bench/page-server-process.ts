import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server in a process of its own that answers every request with the same page; tells its parent where it is. */
const server = createServer((_request, response) => {
  response.end('all is well\n');
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
process.send?.(`http://127.0.0.1:${port}/`);
process.on('disconnect', () => {
  server.close();
  server.closeAllConnections();
});
