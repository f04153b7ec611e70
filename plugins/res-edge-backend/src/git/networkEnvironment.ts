/** HTTP alone, to the one address that is configured; a server that falls silent is no server. */
const CONFIGURATION: readonly (readonly [key: string, value: string])[] = [
  ['protocol.http.allow', 'always'],
  ['protocol.https.allow', 'always'],
  ['http.followRedirects', 'false'],
  ['http.lowSpeedLimit', '1'],
  ['http.lowSpeedTime', '60'],
  ['credential.helper', ''],
];

/** How the machine reaches the network. */
const NETWORK_VARIABLES = [
  ...['http_proxy', 'https_proxy', 'HTTPS_PROXY', 'ALL_PROXY', 'all_proxy'],
  ...[
    'NO_PROXY',
    'no_proxy',
    'GIT_SSL_CAINFO',
    'SSL_CERT_FILE',
    'SSL_CERT_DIR',
  ],
];

/**
 * The environment in which a git command may ask one server.
 *
 * @param headers - of each request, such as `Authorization`; not by the command line, which others see
 * @internal
 */
export function networkEnvironment(
  headers: Readonly<Record<string, string>>,
): Record<string, string> {
  const configuration = [
    ...CONFIGURATION,
    ...Object.entries(headers).map(
      ([name, value]) => ['http.extraHeader', `${name}: ${value}`] as const,
    ),
  ];
  const environment: Record<string, string> = {
    GIT_CONFIG_COUNT: String(configuration.length),
  };
  configuration.forEach(([key, value], index) => {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  for (const name of NETWORK_VARIABLES) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}
