/** The path under which people reach the server, with a slash at its end: `/`, or `/write/` of `https://host/write/`. */
export function basePathOf(baseUrl: URL | undefined): string {
  return baseUrl?.pathname ?? "/";
}

/**
 * What is asked for, seen from the server's root. Some proxies take the base path away, others leave it: either will do,
 * and so will asking the server itself.
 *
 * @param address path and query of a request
 */
export function withoutBasePath(address: string, basePath: string): string {
  return address.startsWith(basePath) ? address.slice(basePath.length - 1) : address;
}
