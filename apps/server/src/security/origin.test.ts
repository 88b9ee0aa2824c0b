import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { isAllowedOrigin } from "./origin";

const requestFrom = (origin: string | undefined, host: string | undefined) =>
  ({ headers: { origin, host } }) as IncomingMessage;

test.each([
  ["a client that is no browser", undefined, "localhost:8080", undefined, true],
  ["a page of the host that was asked", "http://localhost:8080", "localhost:8080", undefined, true],
  ["a page behind a proxy that ends TLS", "https://write.example", "write.example", undefined, true],
  ["a page of the base URL", "https://write.example", "10.0.0.7:8080", "https://write.example/app", true],
  [
    "a page of the host although a base URL is set",
    "http://10.0.0.7:8080",
    "10.0.0.7:8080",
    "https://write.example",
    true,
  ],
  ["a page of another site", "https://evil.example", "localhost:8080", undefined, false],
  [
    "a page of another site although a base URL is set",
    "https://evil.example",
    "write.example",
    "https://write.example",
    false,
  ],
  ["a page of another port", "http://localhost:3000", "localhost:8080", undefined, false],
  [
    "a page of a name that begins like the host",
    "http://write.example.evil",
    "write.example",
    undefined,
    false,
  ],
  [
    "a page of the base URL by another scheme",
    "http://write.example",
    "10.0.0.7",
    "https://write.example",
    false,
  ],
  ["a page without an origin of its own", "null", "localhost:8080", undefined, false],
  ["an origin that is no URL", "localhost:8080 or so", "localhost:8080", undefined, false],
  ["an origin where no host is named", "http://localhost:8080", undefined, undefined, false],
])("judges %s", (_who, origin, host, baseUrl, allowed) => {
  const base = baseUrl === undefined ? undefined : new URL(baseUrl);
  expect(isAllowedOrigin(requestFrom(origin, host), base)).toBe(allowed);
});
