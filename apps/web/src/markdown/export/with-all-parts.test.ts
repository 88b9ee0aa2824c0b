// @vitest-environment jsdom
import { expect, test } from "vitest";
import { withAllParts } from "./with-all-parts";

/** What the loader of files does where an import fails. */
const missPart = () => window.dispatchEvent(new Event("missing"));

test("hands over what was made of all that it takes", async () => {
  await expect(withAllParts(async () => "file")).resolves.toBe("file");
});

test("hands over nothing where a part is missing, though the rest went on without", async () => {
  const work = withAllParts(async () => {
    missPart();
    return "file with a gap";
  });
  await expect(work).rejects.toMatchObject({ code: "PART_MISSING" });
});

test("tells a missing part from a text that cannot be rendered", async () => {
  const failing = withAllParts(async () => {
    missPart();
    throw new TypeError("no module");
  });
  await expect(failing).rejects.toMatchObject({ code: "PART_MISSING", cause: new TypeError("no module") });
  missPart();
  const broken = withAllParts(() => Promise.reject(new RangeError("too deep")));
  await expect(broken).rejects.toThrow(RangeError);
});
