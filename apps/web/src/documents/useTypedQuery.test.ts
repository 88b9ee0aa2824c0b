// @vitest-environment jsdom
import { createElement, useEffect, useLayoutEffect } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { navigate } from "wouter/use-browser-location";
import { memoryStorage } from "../../test/memory-storage";
import { DeviceStoreContext } from "../ui/DeviceStoreContext";
import { openDeviceStore } from "../ui/device-store";
import { useListChoice } from "./useListChoice";
import { useTypedQuery } from "./useTypedQuery";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  window.history.replaceState(null, "", "/");
});
afterEach(() => {
  vi.useRealTimers();
});

interface SearchBoxProps {
  /** Called whenever it is shown anew. */
  readonly onShown: (typed: string) => void;
  /** Called when that has had its effects. */
  readonly onQuiet: (typed: string, type: (typed: string) => void) => void;
}

function SearchBox({ onShown, onQuiet }: SearchBoxProps) {
  const [choice, choose] = useListChoice();
  const [typed, type] = useTypedQuery(choice, choose);
  useLayoutEffect(() => onShown(typed));
  useEffect(() => onQuiet(typed, type));
  return null;
}

/** Shows a box into which "shop" was typed just now. */
async function showTyped(onShown: SearchBoxProps["onShown"]): Promise<() => void> {
  const root = createRoot(document.createElement("div"));
  const value = openDeviceStore(() => memoryStorage());
  await new Promise<void>((resolve) => {
    const onQuiet: SearchBoxProps["onQuiet"] = (typed, type) => (typed === "" ? type("shop") : resolve());
    root.render(createElement(DeviceStoreContext, { value }, createElement(SearchBox, { onShown, onQuiet })));
  });
  return () => root.unmount();
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

test("what is typed is in the address once it has settled", async () => {
  const hide = await showTyped(() => undefined);
  expect(window.location.search).toBe("");
  vi.advanceTimersByTime(300);
  await until(() => window.location.search.includes("q=shop"));
  hide();
});

test("a document that is opened while the query settles stays open", async () => {
  let isSettling = false;
  const hide = await showTyped(() => {
    // Its row is clicked when the query has settled, and that has had no effect yet.
    if (isSettling) navigate("/d/opened");
    isSettling = false;
  });
  isSettling = true;
  vi.advanceTimersByTime(300);
  await until(() => !isSettling);
  await new Promise((resolve) => setImmediate(resolve));
  expect(window.location.pathname).toBe("/d/opened");
  hide();
});
