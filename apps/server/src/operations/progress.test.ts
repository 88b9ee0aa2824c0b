import { expect, test } from "vitest";
import { createProgress } from "./progress";

function recording(stream: { isTTY: boolean; columns?: number }) {
  const written: string[] = [];
  let nowMs = 0;
  return {
    written,
    progress: createProgress({ ...stream, write: (text) => written.push(text) }, "Verifying", () => nowMs),
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

test("a terminal gets a bar that fills and goes", () => {
  const { progress, written, pass } = recording({ isTTY: true, columns: 59 });
  progress.update(0, 2048);
  pass(100);
  progress.update(1024, 2048);
  progress.end();

  expect(written).toEqual([
    `\rVerifying ${"░".repeat(32)}   0% of 2.0 KiB\x1b[K`,
    `\rVerifying ${"█".repeat(16)}${"░".repeat(16)}  50% of 2.0 KiB\x1b[K`,
    "\r\x1b[K",
  ]);
});

test("a bar is drawn ten times a second at most", () => {
  const { progress, written, pass } = recording({ isTTY: true });
  for (let ms = 0; ms < 1000; ms++) {
    progress.update(ms, 1000);
    pass(1);
  }
  expect(written).toHaveLength(10);
});

test("a bar never exceeds a narrow terminal", () => {
  const { progress, written } = recording({ isTTY: true, columns: 14 });
  progress.update(1, 2);
  expect(written).toEqual(["\rVerifying  50\x1b[K"]);
});

test("a terminal that does not say how wide it is has 80 columns", () => {
  const { progress, written } = recording({ isTTY: true, columns: 0 });
  progress.update(1, 1);
  expect(written).toEqual([`\rVerifying ${"█".repeat(40)} 100% of 1 B\x1b[K`]);
});

test("without a terminal there is a plain line every five seconds", () => {
  const { progress, written, pass } = recording({ isTTY: false });
  progress.update(0, 100);
  pass(4999);
  progress.update(1, 100);
  pass(1);
  progress.update(50, 100);
  progress.end();
  expect(written).toEqual(["Verifying: 50% of 100 B\n"]);
});

test("nothing to do is all done", () => {
  const { progress, written } = recording({ isTTY: true, columns: 12 });
  progress.update(0, 0);
  expect(written[0]).toContain("Verifying");
});

test("where nobody knows how much there is, there is no bar, but how much was done", () => {
  const { progress, written } = recording({ isTTY: true });
  progress.update(2048, undefined);
  expect(written).toEqual(["\rVerifying 2.0 KiB\x1b[K"]);
});
