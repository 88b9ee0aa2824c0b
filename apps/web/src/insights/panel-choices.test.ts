import { expect, test } from "vitest";
import { memoryStorage } from "../../test/memory-storage";
import { openDeviceStore } from "../ui/device-store";
import { keepInsightsShown, readInsightsShown } from "./insights-shown";
import { keepStep, keepTable, readStep, readsTable } from "./panel-choices";

test("remembers on the device what was chosen, and takes what it does not know for the default", () => {
  const store = openDeviceStore(() => memoryStorage());
  const choices = () => [readInsightsShown(store), readStep(store), readsTable(store)];
  expect(choices()).toEqual([false, "minute", false]);
  keepInsightsShown(store, true);
  keepStep(store, "day");
  keepTable(store, true);
  expect(choices()).toEqual([true, "day", true]);
  keepInsightsShown(store, false);
  store.set("insights.step", "fortnight");
  keepTable(store, false);
  expect(choices()).toEqual([false, "minute", false]);
});
