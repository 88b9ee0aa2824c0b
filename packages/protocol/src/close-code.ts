/** WebSocket close codes. 4400–4499 are final for a client; the others ask it to come back, with backoff and jitter. */
export const CloseCode = {
  restarting: 1012,
  overloaded: 1013,
  malformed: 4400,
  notSignedIn: 4401,
  notAllowed: 4403,
  notFound: 4404,
  staleEpoch: 4409,
  deleted: 4410,
  tooLarge: 4413,
  tooFast: 4529,
} as const;

export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];

/** Whether a client that is closed with `code` must not reconnect by itself. */
export function isFinalClose(code: number): boolean {
  return code >= 4400 && code < 4500;
}
