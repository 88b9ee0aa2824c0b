import { test, vi } from "vitest";
import { explore } from "./explore";

vi.mock("../../src/compress", () => import("./prompt-compress"));

test("whatever happens, and wherever it crashes, the log agrees with a plain list", async () => {
  await explore("even");
}, 86_400_000);
