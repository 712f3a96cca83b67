import { BadMonitorConfiguration } from 'scalyr-otel-bridge';

/** A protocol and a port to listen on; 0 is any port that is free. */
export interface Endpoint {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
}

const DEFAULT_PORTS = { tcp: 601, udp: 514 } as const;

/** Reads the option `protocols`: `udp:15514, tcp`. Throws BadMonitorConfiguration. */
export function readProtocols(text: string): Endpoint[] {
  const endpoints = text.split(',').map(readEndpoint);
  const names = endpoints.map(({ protocol, port }) => `${protocol}:${port}`);
  const twice = names.find((name, at) => !name.endsWith(':0') && names.indexOf(name) < at);
  if (twice !== undefined) throw refuse(text, `"${twice}" stands there twice`);
  return endpoints;
}

function readEndpoint(text: string): Endpoint {
  const [, name = '', digits] = /^\s*(tcp|udp)\s*(?::\s*(\d{1,5})\s*)?$/i.exec(text) ?? [];
  const protocol = name.toLowerCase();
  if (protocol !== 'tcp' && protocol !== 'udp') {
    throw refuse(text, 'wanted tcp or udp, with or without a port, as in "tcp:601, udp:514"');
  }
  const port = digits === undefined ? DEFAULT_PORTS[protocol] : Number(digits);
  if (port > 65_535) throw refuse(text, 'a port is at most 65535');
  return { protocol, port };
}

function refuse(text: string, reason: string): BadMonitorConfiguration {
  return new BadMonitorConfiguration(
    `Cannot use "${text.trim()}" for field "protocols": ${reason}`,
    'protocols',
  );
}
