import { expect, test } from "vitest";
import { localAddress } from "./local-address";

test.each([
  [{}, "http://127.0.0.1:8080"],
  [{ PORT: "9000", SCRIPTORIUM_HOST: "0.0.0.0" }, "http://127.0.0.1:9000"],
  [{ SCRIPTORIUM_HOST: "::" }, "http://[::1]:8080"],
  [{ SCRIPTORIUM_HOST: "fd00::1" }, "http://[fd00::1]:8080"],
  [{ SCRIPTORIUM_HOST: "write.example", SCRIPTORIUM_DURABILITY: "sometimes" }, "http://write.example:8080"],
])("a server with %o is asked at %s", (env, address) => {
  expect(localAddress(env)).toBe(address);
});
