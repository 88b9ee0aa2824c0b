import { resolve } from "node:path";
import { expect, test } from "vitest";
import { metricGroups } from "../observability/metric-groups";
import { ConfigError, readConfig } from "./config";

const defaults = {
  port: 8080,
  host: "127.0.0.1",
  dataDirectory: resolve("data"),
  baseUrl: undefined,
  logLevel: "info",
  durability: "fsync",
  node: undefined,
  metrics: { groups: new Set(metricGroups), documentsMax: 20, port: undefined },
  operatorToken: undefined,
  historyDays: undefined,
  backups: undefined,
  messageBytesMax: 16 * 1024 * 1024,
  limits: {
    documentBytesMax: 64 * 1024 * 1024,
    connectionsMax: 10_000,
    connectionsPerDocumentMax: 1000,
    openingsPerSecond: 500,
    messagesPerSecond: 10_000,
    bytesPerSecond: 8 * 1024 * 1024,
    sendBufferBytes: 1024 * 1024,
    trustedProxies: 0,
  },
};

function messageFor(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return expect.fail("the configuration was accepted");
}

test("needs no variable at all", () => {
  expect(readConfig({})).toEqual(defaults);
});

test("takes empty and blank variables for variables that are not set", () => {
  const names = [
    "PORT",
    "SCRIPTORIUM_DATA_DIR",
    "SCRIPTORIUM_BASE_URL",
    "SCRIPTORIUM_NODE",
    "SCRIPTORIUM_LOG_LEVEL",
  ];
  for (const blank of ["", " ", "\n"]) {
    expect(readConfig(Object.fromEntries(names.map((name) => [name, blank])))).toEqual(defaults);
  }
});

test("reads every variable, and leaves those of others alone", () => {
  const config = readConfig({
    PORT: "0",
    SCRIPTORIUM_HOST: "0.0.0.0",
    SCRIPTORIUM_DATA_DIR: "/var/lib/scriptorium",
    SCRIPTORIUM_BASE_URL: "https://write.example/",
    SCRIPTORIUM_LOG_LEVEL: "warn",
    SCRIPTORIUM_DURABILITY: "interval",
    SCRIPTORIUM_NODE: "1023",
    SCRIPTORIUM_HISTORY_DAYS: "30",
    SCRIPTORIUM_BACKUP_DIR: "/backups",
    SCRIPTORIUM_BACKUP_EVERY: "1.5",
    SCRIPTORIUM_BACKUP_KEEP: "14",
    SCRIPTORIUM_BACKUP_REHEARSE: "false",
    SCRIPTORIUM_MESSAGE_BYTES_MAX: "1024",
    SCRIPTORIUM_DOCUMENT_BYTES_MAX: "100000",
    SCRIPTORIUM_CONNECTIONS_MAX: "1",
    SCRIPTORIUM_CONNECTIONS_PER_DOCUMENT_MAX: "2",
    SCRIPTORIUM_OPENINGS_PER_SECOND: "3",
    SCRIPTORIUM_MESSAGES_PER_SECOND: "4",
    SCRIPTORIUM_BYTES_PER_SECOND: "5000",
    SCRIPTORIUM_SEND_BUFFER_BYTES: "70000",
    SCRIPTORIUM_TRUSTED_PROXIES: "1",
    SCRIPTORIUM_METRICS: "traffic,log",
    SCRIPTORIUM_METRICS_DOCUMENTS: "0",
    SCRIPTORIUM_METRICS_PORT: "9464",
    SCRIPTORIUM_OPERATOR_TOKEN: "correct-horse-battery",
    HOME: "/root",
  });
  expect(config).toEqual({
    port: 0,
    host: "0.0.0.0",
    dataDirectory: "/var/lib/scriptorium",
    baseUrl: new URL("https://write.example/"),
    logLevel: "warn",
    durability: "interval",
    node: 1023,
    metrics: { groups: new Set(["traffic", "log"]), documentsMax: 0, port: 9464 },
    operatorToken: "correct-horse-battery",
    historyDays: 30,
    backups: {
      directory: "/backups",
      everyMs: 90 * 60 * 1000,
      keep: { last: 14, hourly: 0, daily: 0, weekly: 0, monthly: 0 },
      rehearse: false,
    },
    messageBytesMax: 1024,
    limits: {
      documentBytesMax: 100_000,
      connectionsMax: 1,
      connectionsPerDocumentMax: 2,
      openingsPerSecond: 3,
      messagesPerSecond: 4,
      bytesPerSecond: 5000,
      sendBufferBytes: 70_000,
      trustedProxies: 1,
    },
  });
});

test.each([
  ["https://write.example", "https://write.example/"],
  ["https://example.org/write", "https://example.org/write/"],
  ["https://example.org/team-1/write/", "https://example.org/team-1/write/"],
])("the base URL %s is that of %s", (given, meant) => {
  expect(readConfig({ SCRIPTORIUM_BASE_URL: given }).baseUrl).toEqual(new URL(meant));
});

test("names all bad variables together, each on a line with its value", () => {
  const lines = messageFor({
    PORT: "eighty",
    SCRIPTORIUM_NODE: "1024",
    SCRIPTORIUM_DURABILITY: "sometimes",
    SCRIPTORIUM_HOST: "127.0.0.1",
    SCRIPTORIUM_BASE_URL: "ftp://write.example",
  }).split("\n");
  expect(lines).toHaveLength(5);
  for (const start of [
    "  PORT=eighty: ",
    "  SCRIPTORIUM_NODE=1024: ",
    "  SCRIPTORIUM_DURABILITY=sometimes: ",
    "  SCRIPTORIUM_BASE_URL=ftp://write.example: ",
  ]) {
    expect(lines.filter((line) => line.startsWith(start) && line.length > start.length)).toHaveLength(1);
  }
});

test.each([
  ["PORT", "-1"],
  ["PORT", "65536"],
  ["PORT", "80.5"],
  ["SCRIPTORIUM_NODE", "-1"],
  ["SCRIPTORIUM_HISTORY_DAYS", "0"],
  ["SCRIPTORIUM_HISTORY_DAYS", "1.5"],
  ["SCRIPTORIUM_LOG_LEVEL", "loud"],
  ["SCRIPTORIUM_BACKUP_KEEP", "many"],
  ["SCRIPTORIUM_BACKUP_EVERY", "0"],
  ["SCRIPTORIUM_BASE_URL", "write.example"],
  ["SCRIPTORIUM_BASE_URL", "https://write.example/?a"],
  ["SCRIPTORIUM_BASE_URL", "https://write.example/#a"],
  ["SCRIPTORIUM_BASE_URL", "https://ada:secret@write.example"],
  ["SCRIPTORIUM_BASE_URL", "https://write.example/a%22b/"],
  ["SCRIPTORIUM_BASE_URL", "https://write.example/a//b/"],
  ["SCRIPTORIUM_BASE_URL", "https://write.example/api/write"],
  ["SCRIPTORIUM_METRICS", "everything"],
  ["SCRIPTORIUM_METRICS_DOCUMENTS", "129"],
  ["SCRIPTORIUM_METRICS_PORT", "metrics"],
  ["SCRIPTORIUM_MESSAGE_BYTES_MAX", "1023"],
  ["SCRIPTORIUM_MESSAGE_BYTES_MAX", "268435457"],
  ["SCRIPTORIUM_MESSAGE_BYTES_MAX", "16 MiB"],
])("refuses %s=%s", (name, value) => {
  expect(messageFor({ [name]: value })).toContain(`\n  ${name}=${value}: `);
});

test("refuses a token that is short or that no header can hold, without telling it", () => {
  for (const token of ["short", "with spaces in the middle", "mit-Ümlauten-und-mehr"]) {
    const message = messageFor({ SCRIPTORIUM_OPERATOR_TOKEN: token });
    expect(message).toContain("\n  SCRIPTORIUM_OPERATOR_TOKEN=…: ");
    expect(message).not.toContain(token);
  }
});

test("names a file for the token that is not there together with all else that is wrong", () => {
  const message = messageFor({ PORT: "eighty", SCRIPTORIUM_OPERATOR_TOKEN_FILE: "/nowhere/token" });
  expect(message).toContain("\n  PORT=eighty: ");
  expect(message).toContain("\n  SCRIPTORIUM_OPERATOR_TOKEN_FILE=/nowhere/token: ");
});

test("refuses a name that is nearly right, and lets pass what may be of another release", () => {
  const message = messageFor({
    SCRIPTORIUM_OPERATOR_TOKN: "correct-horse-battery",
    SCRIPTORIUM_DATA: "/srv",
  });
  expect(message).toContain(
    "\n  SCRIPTORIUM_DATA: there is no such variable: did you mean SCRIPTORIUM_DATA_DIR?",
  );
  expect(message).toContain("did you mean SCRIPTORIUM_OPERATOR_TOKEN?");
  expect(message).not.toContain("correct-horse-battery");
  expect(readConfig({ SCRIPTORIUM_TELEPATHY: "on" })).toEqual(defaults);
});

test.each([
  [{ SCRIPTORIUM_METRICS_PORT: "8080" }, "  SCRIPTORIUM_METRICS_PORT=8080: is PORT, too"],
  [{ SCRIPTORIUM_METRICS_PORT: "9464", SCRIPTORIUM_METRICS: "off" }, "=9464: SCRIPTORIUM_METRICS is off"],
  [{ SCRIPTORIUM_BASE_URL: "https://write.example/?a=b" }, "must end with the path"],
  [{ SCRIPTORIUM_BACKUP_EVERY: "12" }, "SCRIPTORIUM_BACKUP_EVERY=12: SCRIPTORIUM_BACKUP_DIR is not set"],
  [{ SCRIPTORIUM_DATA_DIR: "/srv", SCRIPTORIUM_BACKUP_DIR: "/srv/log/backups" }, "is in the data itself"],
  [{ SCRIPTORIUM_DATA_DIR: "/srv", SCRIPTORIUM_BACKUP_DIR: "/srv" }, "is in the data itself"],
])("refuses what contradicts itself: %j", (env, message) => {
  expect(messageFor(env)).toContain(message);
});

test("gives out a configuration that cannot be changed", () => {
  expect(Object.isFrozen(readConfig({}))).toBe(true);
});
