import { describe, expect, it } from "vitest";
import { Activity } from "./activity";

const dayMs = 24 * 60 * 60 * 1000;
const noon = Date.UTC(2026, 10, 30, 12);

function activityAt(startMs: number) {
  const clock = { nowMs: startMs };
  return { clock, activity: new Activity(undefined, () => clock.nowMs) };
}

describe("Activity", () => {
  it("counts a person once, in however many documents and sessions", () => {
    const { activity } = activityAt(noon);
    for (const document of ["A", "B", "C"]) activity.edited(document, "ada", 5);
    activity.edited("A", "grace", 1);
    expect(activity.distinctEditors).toEqual({ day: 2, month: 2 });
  });

  it("begins anew with each day and each month of UTC", () => {
    const { activity, clock } = activityAt(noon - dayMs);
    activity.edited("A", "ada", 1);
    clock.nowMs = Date.UTC(2026, 10, 29, 23, 59, 59, 999);
    activity.edited("A", "grace", 1);
    expect(activity.distinctEditors).toEqual({ day: 2, month: 2 });
    clock.nowMs++;
    expect(activity.distinctEditors).toEqual({ day: 0, month: 2 });
    activity.edited("A", "ada", 1);
    expect(activity.distinctEditors).toEqual({ day: 1, month: 2 });
    clock.nowMs = Date.UTC(2026, 11, 1);
    expect(activity.distinctEditors).toEqual({ day: 0, month: 0 });
  });

  it("ranks documents by their edits in each span of time", () => {
    const { activity, clock } = activityAt(noon);
    activity.edited("old", "ada", 100);
    clock.nowMs += 30 * 60_000;
    activity.edited("new", "ada", 10);
    activity.edited("newer", "ada", 20);
    const ids = (window: "5m" | "1h") => activity.busiest(window, 2).map(({ key }) => key);
    expect([ids("5m"), ids("1h")]).toEqual([
      ["newer", "new"],
      ["old", "newer"],
    ]);
  });

  it("goes on with what was kept, in which nobody is named", () => {
    const { activity } = activityAt(noon);
    activity.edited("A", "ada", 5);
    const kept = activity.takeChanged();
    if (kept === undefined) throw new Error("nothing was kept");
    expect(JSON.stringify(kept)).not.toContain("ada");
    expect(activity.takeChanged()).toBeUndefined();
    const again = new Activity(JSON.parse(JSON.stringify(kept)), () => noon + 1000);
    again.edited("A", "ada", 1);
    again.edited("A", "grace", 1);
    expect(again.distinctEditors).toEqual({ day: 2, month: 2 });
    expect(again.busiest("1d", 1)[0]?.count).toBe(7);
  });
});
