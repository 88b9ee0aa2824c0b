import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { commands } from "../commands";
import { completionScript } from "./completion-script";

/** What bash offers behind these words. */
function offered(...words: readonly string[]): string[] {
  const script = `${completionScript("bash", commands)}
COMP_WORDS=(scriptorium "$@"); COMP_CWORD=$#; _scriptorium; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", script, "bash", ...words], { encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

test("bash completes commands, their second words, and options", () => {
  expect(offered("")).toEqual(
    expect.arrayContaining(["log", "backup", "restore", "doctor", "config", "help"]),
  );
  expect(offered("b")).toEqual(["backup"]);
  expect(offered("log", "")).toEqual(["inspect", "dump", "verify", "salvage"]);
  expect(offered("help", "log", "v")).toEqual(["verify"]);
  expect(offered("log", "dump", "--l")).toEqual(["--limit"]);
  expect(offered("backup", "/tmp/b", "--s")).toEqual(["--since"]);
  expect(offered("backup", "--since", "/us")).toEqual(["/usr"]);
});

test("fish is told of every command and option", () => {
  const script = completionScript("fish", commands);
  for (const { name, options } of commands) {
    expect(script).toContain(` -a ${name.split(" ").at(-1)} `);
    for (const option of Object.keys(options)) expect(script).toContain(` -l ${option} `);
  }
  // A quote within a quoted text would end it.
  for (const line of script.split("\n")) expect(line.replaceAll("\\'", "").split("'").length % 2).toBe(1);
});

test("every command has examples that run it", () => {
  for (const { name, examples } of commands) {
    expect(examples.length, name).toBeGreaterThan(0);
    for (const [line] of examples) expect(line).toContain(`scriptorium ${name.split(" ")[0]}`);
  }
});
