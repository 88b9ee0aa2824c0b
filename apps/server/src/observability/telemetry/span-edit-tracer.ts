import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import type { EditTrace, EditTracer } from "./edit-trace";
import type { RateLimit } from "./rate-limit";
import { contextOf, isSampled } from "./trace-parent";

interface Sync {
  readonly seconds: number;
  readonly endedAtMs: number;
}

/**
 * Makes a trace of some edits: `edit` over all, `judge` until the log has taken it, `log.commit` until it is on the disk
 * with `fsync` as its end, and `relay` until the others were sent it. All times of a trace are of one clock: a span
 * that is given `performance.now()` corrects it by what the system's clock said when that very span began, so that a
 * part could end after its whole.
 */
export class SpanEditTracer implements EditTracer {
  readonly #tracer: Tracer;
  readonly #sampled: number;
  readonly #limit: RateLimit;
  #lastSync: Sync | undefined;

  constructor(tracer: Tracer, sampled: number, limit: RateLimit) {
    this.#tracer = tracer;
    this.#sampled = sampled;
    this.#limit = limit;
  }

  begin(documentId: string, parent: string | undefined, bytes: number): EditTrace | undefined {
    if (parent === undefined && Math.random() >= this.#sampled) return undefined;
    const context = contextOf(parent);
    if (parent !== undefined && !isSampled(context) && Math.random() >= this.#sampled) return undefined;
    // Whoever asks for all to be recorded must not be able to slow down the rest.
    if (!this.#limit.allows(performance.now())) return undefined;
    const epochMs = Date.now() - performance.now();
    const span = this.#tracer.startSpan(
      "edit",
      {
        kind: SpanKind.SERVER,
        startTime: epochMs + performance.now(),
        attributes: { "scriptorium.document": documentId, "scriptorium.message.bytes": bytes },
      },
      context,
    );
    return new SpanEditTrace(this.#tracer, span, context, epochMs, () => this.#lastSync);
  }

  synced(seconds: number): void {
    this.#lastSync = { seconds, endedAtMs: performance.now() };
  }
}

class SpanEditTrace implements EditTrace {
  readonly #tracer: Tracer;
  readonly #span: Span;
  readonly #context: Context;
  /** When `this.#now()` was 0. */
  readonly #epochMs: number;
  readonly #lastSync: () => Sync | undefined;
  readonly #judge: Span;
  #commit: Span | undefined;
  #relay: Span | undefined;

  constructor(
    tracer: Tracer,
    span: Span,
    parent: Context,
    epochMs: number,
    lastSync: () => Sync | undefined,
  ) {
    this.#tracer = tracer;
    this.#span = span;
    this.#context = trace.setSpan(parent, span);
    this.#epochMs = epochMs;
    this.#lastSync = lastSync;
    this.#judge = this.#start("judge");
  }

  appended(position: number, revision: bigint): void {
    // A revision exceeds a double.
    this.#span.setAttributes({ "scriptorium.position": position, "scriptorium.revision": String(revision) });
    this.#judge.end(this.#now());
    this.#commit = this.#start("log.commit");
    this.#relay = this.#start("relay");
  }

  relayed(receivers: number): void {
    this.#relay?.setAttribute("scriptorium.receivers", receivers);
    this.#relay?.end(this.#now());
    this.#relay = undefined;
  }

  durable(): void {
    const sync = this.#lastSync();
    if (this.#commit !== undefined && sync !== undefined) {
      const within = trace.setSpan(ROOT_CONTEXT, this.#commit);
      const endTime = this.#epochMs + sync.endedAtMs;
      const startTime = endTime - 1000 * sync.seconds;
      this.#tracer.startSpan("fsync", { startTime }, within).end(endTime);
    }
    this.#commit?.end(this.#now());
    this.#end();
  }

  failed(error: unknown): void {
    this.#span.recordException(error instanceof Error ? error : String(error));
    this.#span.setStatus({ code: SpanStatusCode.ERROR });
    this.#commit?.setStatus({ code: SpanStatusCode.ERROR });
    this.#commit?.end(this.#now());
    this.#end();
  }

  /** Milliseconds since 1970. */
  #now(): number {
    return this.#epochMs + performance.now();
  }

  #start(name: string): Span {
    return this.#tracer.startSpan(name, { startTime: this.#now() }, this.#context);
  }

  /** Nobody else was there to be sent it where that has not ended by itself. */
  #end(): void {
    this.#relay?.end(this.#now());
    this.#judge.end(this.#now());
    this.#span.end(this.#now());
  }
}
