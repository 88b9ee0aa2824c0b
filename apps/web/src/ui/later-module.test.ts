import { describe, expect, it } from "vitest";
import { LaterModule } from "./later-module";

describe("LaterModule", () => {
  it("has the module without waiting once it is loaded", async () => {
    const module = { answer: 42 };
    const later = new LaterModule(async () => module);
    expect(later.loaded).toBeUndefined();
    expect(await later.load()).toBe(module);
    expect(later.loaded).toBe(module);
  });

  it("tries again after a failure", async () => {
    let tries = 0;
    const later = new LaterModule(async () => {
      if (++tries === 1) throw new Error("no network");
      return "there";
    });
    await expect(later.load()).rejects.toThrow("no network");
    expect(await later.load()).toBe("there");
  });
});
