import { expect, test } from "vitest";
import { memoryStorage } from "../../test/memory-storage";
import { openDeviceStore } from "../ui/device-store";
import { addStar, listStars, removeStar } from "./stars";

test("keeps stars, last starred first, until they are taken away", () => {
  const store = openDeviceStore(() => memoryStorage());
  addStar(store, { id: "A", title: "First", starredAtMs: 1 });
  addStar(store, { id: "B", title: "Second", starredAtMs: 2 });
  store.set("star.C", '{"title":7}');
  store.set("star.D", "{");
  expect(listStars(store).map(({ title }) => title)).toEqual(["Second", "First"]);
  removeStar(store, "B");
  expect(listStars(store)).toEqual([{ id: "A", title: "First", starredAtMs: 1 }]);
});
