import { readConfig } from "../../config/config";

/** What listens on all addresses is asked on one that leads back. */
const loopback: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };

/**
 * The address of the server that runs on this machine with this environment.
 *
 * @throws {ConfigError}
 */
export function localAddress(env: Readonly<Record<string, string | undefined>>): string {
  // Mistakes in other variables are not what is asked here.
  const { host, port } = readConfig({ PORT: env.PORT, SCRIPTORIUM_HOST: env.SCRIPTORIUM_HOST });
  const name = loopback[host] ?? host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}
