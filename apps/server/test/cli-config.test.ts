import { expect, test } from "vitest";
import { runCli } from "./harness/cli-process";

const token = "correct-horse-battery";

test("a configuration is shown as it takes effect, without its secrets", async () => {
  const { code, stdout } = await runCli(["config", "check"], {
    PORT: "8081",
    SCRIPTORIUM_OPERATOR_TOKEN: token,
  });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^PORT +8081 +environment$/m);
  expect(stdout).toMatch(/^SCRIPTORIUM_HOST +127\.0\.0\.1 +default$/m);
  expect(stdout).toMatch(/^SCRIPTORIUM_OPERATOR_TOKEN +… +environment$/m);
  expect(stdout).toContain("The configuration is valid.");
  expect(stdout).not.toContain(token);
});

const mistaken = {
  PORT: "eighty",
  SCRIPTORIUM_LOGLEVEL: "debug",
  SCRIPTORIUM_TELEPATHY: "on",
  SCRIPTORIUM_OPERATOR_TOKEN: "short",
};

test("all mistakes are told at once, and the exit code is 2", async () => {
  const { code, stdout } = await runCli(["config", "check"], mistaken);
  expect(code).toBe(2);
  expect(stdout).toContain("4 mistakes:\n");
  expect(stdout).toContain("PORT=eighty: ");
  expect(stdout).toContain(
    "SCRIPTORIUM_LOGLEVEL: there is no such variable: did you mean SCRIPTORIUM_LOG_LEVEL?",
  );
  expect(stdout).toContain("SCRIPTORIUM_TELEPATHY: there is no such variable");
  expect(stdout).not.toContain("short\n");
});

test("scripts get the same as JSON", async () => {
  const { code, stdout } = await runCli(["config", "check", "--json"], mistaken);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    valid: false,
    mistakes: [
      { variable: "PORT", value: "eighty" },
      { variable: "SCRIPTORIUM_OPERATOR_TOKEN", value: "…", message: "must have at least 16 characters" },
    ],
    unknown: [
      { name: "SCRIPTORIUM_LOGLEVEL", meant: "SCRIPTORIUM_LOG_LEVEL" },
      { name: "SCRIPTORIUM_TELEPATHY", meant: null },
    ],
  });
});

test("help has examples, and the shells are served", async () => {
  expect((await runCli(["help", "backup"])).stdout).toContain(
    "\nExamples\n  # a first backup\n  scriptorium backup ",
  );
  expect((await runCli(["completion", "zsh"])).stdout).toMatch(/^#compdef scriptorium\n/);
  expect(await runCli(["completion", "tcsh"])).toMatchObject({ code: 2, stdout: "" });
});
