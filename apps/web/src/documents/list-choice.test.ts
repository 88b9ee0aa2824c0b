import { expect, test } from "vitest";
import { memoryStorage } from "../../test/memory-storage";
import { openDeviceStore } from "../ui/device-store";
import { addressOf, readChoice, rememberChoice } from "./list-choice";

const emptyStore = () => openDeviceStore(() => memoryStorage());

test("an address says what it was made of", () => {
  const choice = { shelf: "starred", sort: "title", query: "a & b? #c", tags: ["c & d", "שלום"] } as const;
  expect(readChoice(addressOf(choice).slice(1), emptyStore())).toEqual(choice);
});

test("without an address, the last choice of this device holds, but neither the trash nor a query", () => {
  const store = emptyStore();
  expect(readChoice("", store)).toEqual({ shelf: "all", sort: "updated", query: "", tags: [] });
  rememberChoice({ shelf: "recent", sort: "created", query: "x", tags: ["x"] }, store);
  rememberChoice({ shelf: "trash", sort: "title", query: "x", tags: ["x"] }, store);
  expect(readChoice("", store)).toEqual({ shelf: "recent", sort: "title", query: "", tags: [] });
});

test("passes over what it does not know", () => {
  const store = emptyStore();
  store.set("documents.show", "attic");
  expect(readChoice("?show=cellar&sort=size", store)).toEqual({
    shelf: "all",
    sort: "updated",
    query: "",
    tags: [],
  });
  expect(readChoice(`?q=${"x".repeat(500)}`, store).query).toHaveLength(200);
  expect(readChoice("?tag=a%2Cb&tag=%20Draft&tag=draft&tag=", store).tags).toEqual(["Draft"]);
});
