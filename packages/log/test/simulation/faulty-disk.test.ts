import { test, vi } from "vitest";
import { explore } from "./explore";

vi.mock("../../src/compress", () => import("./prompt-compress"));

test("on disks that fail, fill up, lie or rot, the log keeps its word as far as they let it", async () => {
  await explore("odd");
}, 86_400_000);
