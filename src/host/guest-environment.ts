/** Variables of the collector that plugins must not see, besides those the caller names. */
const SECRET = /^(?:OTEL_EXPORTER_OTLP_(?:[A-Z]+_)?HEADERS|SCALYR_API_KEY)$/i;

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment a plugin gets: a copy without the collector's secrets. `secretNames` are further variables to leave out. */
export function guestEnvironment(
  environment: Environment,
  secretNames: readonly string[],
): Record<string, string> {
  const secrets = new Set(secretNames);
  const visible: [string, string][] = [];
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && !SECRET.test(name) && !secrets.has(name)) visible.push([name, value]);
  }
  return Object.fromEntries(visible);
}
