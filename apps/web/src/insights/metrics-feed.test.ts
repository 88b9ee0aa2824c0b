import { expect, test } from "vitest";
import { metricsOf } from "../../test/metrics-of";
import type { DocumentMetrics } from "../api/document-metrics";
import { strings } from "../ui/strings";
import { MetricsFeed, type MetricsSource } from "./metrics-feed";

class FakeSource implements MetricsSource {
  readonly #listeners = new Map<string, (event: { readonly data: unknown }) => void>();
  isClosed = false;

  addEventListener(type: string, listener: (event: { readonly data: unknown }) => void): void {
    this.#listeners.set(type, listener);
  }

  close(): void {
    this.isClosed = true;
  }

  send(metrics: unknown): void {
    this.#listeners.get("metrics")?.({ data: JSON.stringify(metrics) });
  }

  fail(): void {
    this.#listeners.get("error")?.({ data: undefined });
  }
}

/** A feed with sources to drive, a clock that waits, and answers to single questions. */
function openFeed(answer: () => Promise<DocumentMetrics> = async () => metricsOf({ edits: 1 })) {
  const sources: FakeSource[] = [];
  const waiting: { readonly delayMs: number; readonly act: () => void }[] = [];
  let asked = 0;
  const feed = new MetricsFeed({
    open: () => {
      const source = new FakeSource();
      sources.push(source);
      return source;
    },
    ask: () => {
      asked++;
      return answer();
    },
    after: (delayMs, act) => {
      const timer = { delayMs, act };
      waiting.push(timer);
      return () => {
        const index = waiting.indexOf(timer);
        if (index !== -1) waiting.splice(index, 1);
      };
    },
    random: () => 1,
  });
  return {
    feed,
    sources,
    waiting,
    asked: () => asked,
    newest: () => sources.at(-1) as FakeSource,
    /** Lets the time pass for which the feed waits; tells how long that is. */
    wait: () => {
      const timer = waiting.shift();
      timer?.act();
      return timer?.delayMs;
    },
    edits: () => feed.state.get().metrics?.totals.edits,
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("shows what comes, and is live from the first figures on", () => {
  const { feed, newest, edits } = openFeed();
  feed.start();
  expect(feed.state.get()).toEqual({ metrics: undefined, isLive: false, problem: undefined });
  newest().send(metricsOf({ edits: 3 }));
  expect([edits(), feed.state.get().isLive]).toEqual([3, true]);
  newest().send(metricsOf({ edits: 4 }));
  expect(edits()).toBe(4);
});

test("keeps what it shows when the stream breaks, and opens another", () => {
  const { feed, newest, wait, edits, sources, asked } = openFeed();
  feed.start();
  newest().send(metricsOf({ edits: 3 }));
  newest().fail();
  expect([edits(), feed.state.get().isLive, newest().isClosed]).toEqual([3, false, true]);
  expect(wait()).toBe(1000);
  newest().send(metricsOf({ edits: 5 }));
  expect([edits(), feed.state.get().isLive, sources.length, asked()]).toEqual([5, true, 2, 0]);
});

test("waits longer each time, up to half a minute, and begins anew once it was live", () => {
  const { feed, newest, wait } = openFeed();
  feed.start();
  const waitedMs = Array.from({ length: 7 }, () => {
    newest().fail();
    return wait();
  });
  expect(waitedMs).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  newest().send(metricsOf({ edits: 1 }));
  newest().fail();
  expect(wait()).toBe(1000);
});

test("asks once where no stream is to be had, and is not live then", async () => {
  const { feed, newest, edits, asked } = openFeed();
  feed.start();
  newest().fail();
  await settle();
  expect([edits(), feed.state.get().isLive, asked()]).toEqual([1, false, 1]);
});

test("says why there are no figures, until there are some", async () => {
  const { feed, newest, wait } = openFeed(async () => Promise.reject(new Error("It is in the trash.")));
  feed.start();
  newest().fail();
  await settle();
  expect(feed.state.get().problem).toBe("It is in the trash.");
  wait();
  newest().send(metricsOf({ edits: 1 }));
  expect(feed.state.get().problem).toBeUndefined();
});

test("says so of figures that it does not understand, and keeps those before", () => {
  const { feed, newest, edits } = openFeed();
  feed.start();
  newest().send(metricsOf({ edits: 2 }));
  newest().send({ edits: "many" });
  expect([edits(), feed.state.get().problem]).toEqual([2, strings.errors.invalidResponse]);
});

test("hears nothing more once it is stopped, and starts again at once", async () => {
  const { feed, newest, sources, edits, waiting } = openFeed();
  feed.start();
  const [first] = sources;
  first?.send(metricsOf({ edits: 2 }));
  feed.stop();
  first?.send(metricsOf({ edits: 9 }));
  first?.fail();
  expect([edits(), feed.state.get().isLive, first?.isClosed, waiting.length]).toEqual([2, false, true, 0]);
  feed.start();
  feed.start();
  expect(sources.length).toBe(2);
  newest().fail();
  feed.stop();
  await settle();
  expect([waiting.length, edits()]).toEqual([0, 2]);
});
