import { describe, expect, it } from "vitest";
import type { DeviceStore } from "../ui/device-store";
import { PageCode } from "./page-code";

const store = {} as DeviceStore;
const Shown = () => null;

describe("PageCode", () => {
  it("has the page begin with its properties as soon as its code is there", async () => {
    const begun: unknown[] = [];
    const page = new PageCode<{ id: string }>(async () => ({
      default: Shown,
      prepare: async (props, given) => void begun.push(props, given),
    }));
    await page.prepare({ id: "a" }, store);
    expect(begun).toEqual([{ id: "a" }, store]);
    expect(page.loaded).toBe(Shown);
  });

  it("shows a page that could not begin all the same", async () => {
    const page = new PageCode(async () => ({
      default: Shown,
      prepare: () => Promise.reject(new Error("the database is blocked")),
    }));
    await page.prepare({}, store);
    expect(page.loaded).toBe(Shown);
  });

  it("leaves it to whoever shows the page to say that its code cannot be had", async () => {
    const page = new PageCode(() => Promise.reject(new Error("no network")));
    await expect(page.prepare({}, store)).resolves.toBeUndefined();
    expect(page.loaded).toBeUndefined();
  });
});
