import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type * as Y from "yjs";
import { repository } from "./repository";

/** `[position, deleted, inserted]`: characters counted in UTF-16 units, as JavaScript does. */
export type Patch = readonly [number, number, string];

export interface SequentialTrace {
  readonly endContent: string;
  /** `time` is in ISO 8601. */
  readonly txns: readonly { readonly time: string; readonly patches: readonly Patch[] }[];
}

export interface ConcurrentTrace {
  readonly endContent: string;
  readonly numAgents: number;
  /** `parents` are indexes of transactions: what the agent had seen. */
  readonly txns: readonly {
    readonly parents: readonly number[];
    readonly agent: number;
    readonly patches: readonly Patch[];
  }[];
}

export function readTrace<Trace extends SequentialTrace | ConcurrentTrace>(name: string): Trace {
  const file = join(repository, "fixtures/traces", `${name}.json.gz`);
  return JSON.parse(gunzipSync(readFileSync(file)).toString());
}

export function applyPatches(text: Y.Text, patches: readonly Patch[]): void {
  for (const [position, deleted, inserted] of patches) {
    if (deleted > 0) text.delete(position, deleted);
    if (inserted !== "") text.insert(position, inserted);
  }
}
