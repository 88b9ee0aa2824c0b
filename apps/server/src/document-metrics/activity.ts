import type { UsageRecord } from "../storage/catalogue-record";
import { EditPace } from "./edit-pace";
import { LatencySamples, type LatencySummary, noLatency } from "./latency-samples";

/** Who edits: one object for each connection. */
export interface Editor {
  /** The same for all connections of a person; undefined where no person is known. */
  readonly person: string | undefined;
}

/** What is going on in a document now. */
export interface PresentFigures {
  readonly connections: number;
  /** How many edited in the last minute. */
  readonly editors: number;
  readonly editsPerMinute: number;
}

/** Usage that was handed to the log, and that the projections may not show yet. */
interface SavedUsage extends UsageRecord {
  readonly position: number;
}

const editingMs = 60_000;
/** Editors that are remembered before those are looked for who have stopped. */
const editorsMax = 64;

/**
 * What happens in a document while it happens: kept in memory, cheap to note. Of how it is used, the log gets a record
 * now and then. Times are of a clock that only rises.
 */
export class DocumentActivity {
  /** Another number whenever something was noted. */
  version = 0;
  #connections = 0;
  #gathered = { views: 0, exports: 0, connectionsPeak: 0 };
  /** The peak that the log knows since the document was opened. */
  #peakSaved = 0;
  #gatheringSinceMs: number | undefined;
  #saved: readonly SavedUsage[] = [];
  // Made with the first edit: most documents that are open are only read.
  #pace: EditPace | undefined;
  #latency: LatencySamples | undefined;
  #editors: Map<Editor, number> | undefined;
  #editorsSoughtMs = 0;

  joined(nowMs: number): void {
    this.version += 1;
    this.#connections += 1;
    this.#gather(nowMs).views += 1;
    this.#notePeak();
  }

  left(): void {
    this.version += 1;
    this.#connections -= 1;
  }

  exported(nowMs: number): void {
    this.version += 1;
    this.#gather(nowMs).exports += 1;
  }

  edited(editor: Editor, nowMs: number): void {
    this.version += 1;
    this.#pace ??= new EditPace();
    this.#pace.add(nowMs);
    this.#editors ??= new Map();
    this.#editors.set(editor, nowMs);
    if (this.#editors.size > editorsMax && nowMs - this.#editorsSoughtMs > 1000) this.#forgetEditors(nowMs);
  }

  /** An edit took so long until it was on disk. */
  becameDurable(latencyMs: number, nowMs: number): void {
    this.#latency ??= new LatencySamples();
    this.#latency.add(latencyMs, nowMs);
  }

  pulse(nowMs: number): PresentFigures {
    this.#forgetEditors(nowMs);
    const editors = new Set<unknown>();
    for (const editor of this.#editors?.keys() ?? []) editors.add(editor.person ?? editor);
    return {
      connections: this.#connections,
      editors: editors.size,
      editsPerMinute: this.#pace?.perMinute(nowMs) ?? 0,
    };
  }

  latency(nowMs: number): LatencySummary {
    return this.#latency?.summary(nowMs) ?? noLatency;
  }

  /** What the projections do not show yet that have seen the usage record at a position. */
  usageBehind(position: number): UsageRecord {
    const { views, exports, connectionsPeak } = this.#gathered;
    const sum = { views, exports, connectionsPeak };
    for (const saved of this.#saved) {
      if (saved.position <= position) continue;
      sum.views += saved.views;
      sum.exports += saved.exports;
      sum.connectionsPeak = Math.max(sum.connectionsPeak, saved.connectionsPeak);
    }
    return sum;
  }

  /** Since when usage is gathered that the log does not have; undefined if there is none. */
  get gatheringSinceMs(): number | undefined {
    return this.#gatheringSinceMs;
  }

  /** Hands what was gathered to `save`, which says where in the log it is. What `save` throws leaves it here. */
  saveUsage(save: (usage: UsageRecord) => number): void {
    if (this.#gatheringSinceMs === undefined) return;
    const usage = { ...this.#gathered };
    const position = save(usage);
    this.#saved = [...this.#saved, { ...usage, position }];
    this.#peakSaved = Math.max(this.#peakSaved, usage.connectionsPeak);
    this.#gathered = { views: 0, exports: 0, connectionsPeak: 0 };
    this.#gatheringSinceMs = undefined;
  }

  /** The log did not keep the record at a position. */
  takeBack(position: number, nowMs: number): void {
    const lost = this.#saved.find((saved) => saved.position === position);
    if (lost === undefined) return;
    this.#saved = this.#saved.filter((saved) => saved !== lost);
    const gathered = this.#gather(nowMs);
    gathered.views += lost.views;
    gathered.exports += lost.exports;
    gathered.connectionsPeak = Math.max(gathered.connectionsPeak, lost.connectionsPeak);
  }

  /** Whether nothing would be lost if it began anew, given how far the projections are. */
  isForgettable(projected: number, nowMs: number): boolean {
    this.#saved = this.#saved.filter(({ position }) => position > projected);
    this.#forgetEditors(nowMs);
    const isQuiet = this.#connections === 0 && (this.#editors?.size ?? 0) === 0;
    return isQuiet && this.#saved.length === 0 && this.#gatheringSinceMs === undefined;
  }

  #gather(nowMs: number) {
    this.#gatheringSinceMs ??= nowMs;
    return this.#gathered;
  }

  #notePeak(): void {
    if (this.#connections <= this.#peakSaved) return;
    this.#gathered.connectionsPeak = Math.max(this.#gathered.connectionsPeak, this.#connections);
  }

  #forgetEditors(nowMs: number): void {
    this.#editorsSoughtMs = nowMs;
    for (const [editor, lastMs] of this.#editors ?? []) {
      if (nowMs - lastMs >= editingMs) this.#editors?.delete(editor);
    }
  }
}
