import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../testing/temporary-directory";
import { checkEnvironment } from "./check-environment";

function settings(env: Record<string, string>) {
  return new Map(
    checkEnvironment(env).settings.map(({ name, value, source }) => [name, `${value} (${source})`]),
  );
}

test("tells where each value comes from, and no secret", async () => {
  const file = join(await temporaryDirectory(), "token");
  await writeFile(file, "correct-horse-battery\n");
  const fromFile = settings({ PORT: "8081", SCRIPTORIUM_OPERATOR_TOKEN_FILE: file, SCRIPTORIUM_HOST: " " });
  expect(fromFile.get("PORT")).toBe("8081 (environment)");
  expect(fromFile.get("SCRIPTORIUM_HOST")).toBe("127.0.0.1 (default)");
  expect(fromFile.get("SCRIPTORIUM_BASE_URL")).toBe("undefined (default)");
  expect(fromFile.get("SCRIPTORIUM_OPERATOR_TOKEN")).toBe("… (file)");
  const fromVariable = settings({ SCRIPTORIUM_OPERATOR_TOKEN: "correct-horse-battery" });
  expect(fromVariable.get("SCRIPTORIUM_OPERATOR_TOKEN")).toBe("… (environment)");
});

test("finds all mistakes at once", () => {
  const { mistakes, values } = checkEnvironment({
    PORT: "eighty",
    SCRIPTORIUM_OPERATOR_TOKEN: "short",
    SCRIPTORIUM_DURABILITY: "never",
  });
  expect(values).toBeUndefined();
  expect(mistakes.map(({ variable, value }) => `${variable}=${value}`)).toEqual([
    "PORT=eighty",
    "SCRIPTORIUM_DURABILITY=never",
    "SCRIPTORIUM_OPERATOR_TOKEN=…",
  ]);
});
