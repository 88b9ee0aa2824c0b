import type { IncomingMessage } from "node:http";

/**
 * Whether a WebSocket handshake may come from where it says. Browsers let any page open a WebSocket to any host, so a
 * page of another site could speak in its visitor's name. Clients that are no browsers send no `Origin`.
 */
export function isAllowedOrigin(request: IncomingMessage, baseUrl: URL | undefined): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (baseUrl !== undefined && origin === baseUrl.origin) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
