import type { Intake } from './intake.ts';
import { listenTcp } from './listen-tcp.ts';
import { listenUdp } from './listen-udp.ts';
import type { Address, Listener, ListenSettings } from './listener.ts';
import type { Endpoint } from './read-protocols.ts';

/** Opens a port; what comes there goes to the intake. Rejects with an error that has a `code`. */
export function listen(address: Address, settings: ListenSettings, intake: Intake): Promise<Listener> {
  return address.protocol === 'tcp'
    ? listenTcp(address, settings, intake)
    : listenUdp(address, settings, intake);
}

/** The addresses of an endpoint: the loopback ones, or all of the machine. */
export function addressesOf(endpoint: Endpoint, { remote }: { readonly remote: boolean }): Address[] {
  const hosts = remote ? ['0.0.0.0', '::'] : ['127.0.0.1', '::1'];
  return hosts.map((host) => ({ ...endpoint, host }));
}
