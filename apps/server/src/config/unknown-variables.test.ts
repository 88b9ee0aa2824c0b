import { expect, test } from "vitest";
import { describeUnknown, unknownVariables } from "./unknown-variables";

test("are those with our prefix that mean nothing", () => {
  const unknown = unknownVariables({
    SCRIPTORIUM_HOST: "0.0.0.0",
    SCRIPTORIUM_OPERATOR_TOKEN_FILE: "/run/token",
    SCRIPTORIUM_NODE_FILE: "/run/node",
    SCRIPTORIUM_TELEPATHY: "on",
    SCRIPTORIUM_BLANK: " ",
    HOME: "/root",
  });
  expect(unknown.map(({ name }) => name)).toEqual(["SCRIPTORIUM_NODE_FILE", "SCRIPTORIUM_TELEPATHY"]);
});

test.each([
  ["SCRIPTORIUM_LOGLEVEL", "SCRIPTORIUM_LOG_LEVEL"],
  ["SCRIPTORIUM_HOSTS", "SCRIPTORIUM_HOST"],
  ["SCRIPTORIUM_BASE", "SCRIPTORIUM_BASE_URL"],
  ["SCRIPTORIUM_OPERATOR_TOKEN_FLE", "SCRIPTORIUM_OPERATOR_TOKEN_FILE"],
  // Several begin so.
  ["SCRIPTORIUM_CONNECTIONS", undefined],
  ["SCRIPTORIUM_TELEPATHY", undefined],
])("%s was meant to be %s", (name, meant) => {
  const [unknown = expect.fail("is known")] = unknownVariables({ [name]: "1" });
  expect(unknown.meant).toBe(meant);
  expect(describeUnknown(unknown)).toContain(
    meant === undefined ? "no such variable" : `did you mean ${meant}?`,
  );
});

test("leaves alone what Kubernetes sets of a service with our name", () => {
  expect(
    unknownVariables({
      SCRIPTORIUM_SERVICE_HOST: "10.0.0.1",
      SCRIPTORIUM_PORT: "tcp://10.0.0.1:80",
      SCRIPTORIUM_PORT_80_TCP_ADDR: "10.0.0.1",
    }),
  ).toEqual([]);
});
