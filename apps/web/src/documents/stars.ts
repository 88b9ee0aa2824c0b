import * as z from "zod/mini";
import type { DeviceStore } from "../ui/device-store";

const starSchema = z.object({ title: z.string(), starredAtMs: z.number() });

/** A document that a person marked on this device, with the title it had. */
export interface Star {
  readonly id: string;
  readonly title: string;
  readonly starredAtMs: number;
}

const prefix = "star.";

export function addStar(store: DeviceStore, { id, title, starredAtMs }: Star): void {
  store.set(`${prefix}${id}`, JSON.stringify({ title, starredAtMs }));
}

export function removeStar(store: DeviceStore, id: string): void {
  store.remove(`${prefix}${id}`);
}

/** All of them, last starred first. */
export function listStars(store: DeviceStore): readonly Star[] {
  return store
    .keys(prefix)
    .flatMap((key) => {
      const parsed = starSchema.safeParse(parseJson(store.get(key) ?? ""));
      return parsed.success ? [{ id: key.slice(prefix.length), ...parsed.data }] : [];
    })
    .sort((a, b) => b.starredAtMs - a.starredAtMs);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
