import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../testing/temporary-directory";
import { readSecret } from "./secret";

test("is in the variable, or in the file that another variable names", async () => {
  const file = join(await temporaryDirectory(), "secret");
  await writeFile(file, "from-a-file\n");
  expect(readSecret({}, "KEY")).toEqual({ value: undefined });
  expect(readSecret({ KEY: "plain" }, "KEY")).toEqual({ value: "plain" });
  expect(readSecret({ KEY_FILE: file }, "KEY")).toEqual({ value: "from-a-file" });
});

test("says what is wrong with the file", async () => {
  const directory = await temporaryDirectory();
  const empty = join(directory, "empty");
  await writeFile(empty, "\n");
  expect(readSecret({ KEY_FILE: empty }, "KEY").fault).toBe("the file is empty");
  expect(readSecret({ KEY_FILE: directory }, "KEY").fault).toContain("(EISDIR)");
  expect(readSecret({ KEY_FILE: `${directory}/none` }, "KEY").fault).toContain("(ENOENT)");
  expect(readSecret({ KEY_FILE: empty, KEY: "plain" }, "KEY").fault).toContain("KEY is set, too");
});
