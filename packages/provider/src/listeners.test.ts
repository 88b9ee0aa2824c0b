import { expect, test } from "vitest";
import { Listeners } from "./listeners";

test("calls listeners in the order in which they came, until they leave", () => {
  const listeners = new Listeners<[number]>();
  const heard: string[] = [];
  const leave = listeners.add((value) => heard.push(`first ${value}`));
  listeners.add((value) => heard.push(`second ${value}`));
  listeners.call(1);
  leave();
  listeners.call(2);
  listeners.clear();
  listeners.call(3);
  expect(heard).toEqual(["first 1", "second 1", "second 2"]);
});

test("lets listeners come and go while they are called", () => {
  const listeners = new Listeners<[]>();
  const heard: string[] = [];
  const leave = listeners.add(() => {
    leave();
    listeners.add(() => heard.push("newcomer"));
  });
  listeners.add(() => heard.push("steady"));
  listeners.call();
  expect(heard).toEqual(["steady"]);
  listeners.call();
  expect(heard).toEqual(["steady", "steady", "newcomer"]);
});
