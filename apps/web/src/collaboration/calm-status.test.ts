import type { ConnectionStatus } from "@scriptorium/provider";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CalmStatus } from "./calm-status";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function watched() {
  let changed: () => void = () => undefined;
  const provider = {
    status: { state: "saved" } as ConnectionStatus,
    onStatusChange: (listener: () => void) => {
      changed = listener;
      return () => {
        changed = () => undefined;
      };
    },
  };
  const calm = new CalmStatus(provider);
  const shown: string[] = [];
  const unsubscribe = calm.subscribe(() => shown.push(calm.get().state));
  const become = (status: ConnectionStatus) => {
    provider.status = status;
    changed();
  };
  return { calm, shown, become, unsubscribe };
}

test("one edit is saving, and saved as soon as it is", () => {
  const { shown, become } = watched();
  become({ state: "saving", edits: 1 });
  become({ state: "saved" });
  expect(shown).toEqual(["saving", "saved"]);
});

test("one who types reads a steady word, and 'saved' as soon as they pause", () => {
  const { shown, become } = watched();
  for (let key = 0; key < 50; key++) {
    become({ state: "saving", edits: 1 });
    become({ state: "saving", edits: 2 });
    vi.advanceTimersByTime(5);
    become({ state: "saved" });
    vi.advanceTimersByTime(95);
  }
  expect(shown).toEqual(["saving", "saved", "saving"]);
  vi.advanceTimersByTime(304);
  expect(shown).toHaveLength(3);
  vi.advanceTimersByTime(1);
  expect(shown.at(-1)).toBe("saved");
});

test("losing the connection is told at once, with how many edits wait", () => {
  const { calm, shown, become } = watched();
  become({ state: "saving", edits: 1 });
  become({ state: "saved" });
  become({ state: "saving", edits: 1 });
  become({ state: "saved" });
  become({ state: "offline", edits: 0 });
  become({ state: "offline", edits: 1 });
  expect(shown).toEqual(["saving", "saved", "saving", "offline", "offline"]);
  vi.advanceTimersByTime(1000);
  expect(calm.get()).toEqual({ state: "offline", edits: 1 });
});

test("a listener that left hears nothing more, and one that comes back reads what is so now", () => {
  const { calm, shown, become, unsubscribe } = watched();
  become({ state: "saving", edits: 1 });
  become({ state: "saved" });
  become({ state: "saving", edits: 1 });
  become({ state: "saved" });
  unsubscribe();
  vi.advanceTimersByTime(1000);
  expect(shown).toEqual(["saving", "saved", "saving"]);
  calm.subscribe(() => shown.push("again"));
  expect(calm.get()).toEqual({ state: "saved" });
});
