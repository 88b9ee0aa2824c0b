import { expect, test, vi } from "vitest";
import { memoryStorage } from "../../test/memory-storage";
import { openDeviceStore } from "../ui/device-store";
import { LocalPerson } from "./local-person";

test("is the same person at the next visit", () => {
  const storage = memoryStorage();
  const first = new LocalPerson(openDeviceStore(() => storage));
  first.rename("Ada");
  const second = new LocalPerson(openDeviceStore(() => storage));
  expect(second.get()).toEqual({ ...first.get(), name: "Ada" });
});

test("tells subscribers of a new name, and keeps the old one if the new one is blank", () => {
  const person = new LocalPerson(openDeviceStore(() => memoryStorage()));
  const before = person.get();
  const listener = vi.fn();
  const undo = person.subscribe(listener);
  person.rename("   ");
  expect(person.get()).toBe(before);
  expect(listener).not.toHaveBeenCalled();
  person.rename(" Grace ");
  expect(person.get().name).toBe("Grace");
  expect(listener).toHaveBeenCalledOnce();
  undo();
  person.rename("Ada");
  expect(listener).toHaveBeenCalledOnce();
});
