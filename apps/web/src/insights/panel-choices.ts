import { type ActivityStep, activitySteps } from "../api/document-metrics";
import type { DeviceStore } from "../ui/device-store";

const stepKey = "insights.step";
const tableKey = "insights.table";

/** What one bar stands for, as it was chosen last on this device. */
export function readStep(store: DeviceStore): ActivityStep {
  const stored = store.get(stepKey);
  return activitySteps.find((step) => step === stored) ?? "minute";
}

export function keepStep(store: DeviceStore, step: ActivityStep): void {
  store.set(stepKey, step);
}

/** Whether activity is shown as a table rather than as charts. */
export function readsTable(store: DeviceStore): boolean {
  return store.get(tableKey) === "true";
}

export function keepTable(store: DeviceStore, table: boolean): void {
  if (table) store.set(tableKey, "true");
  else store.remove(tableKey);
}
