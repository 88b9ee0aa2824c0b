import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number | string };
}

/** As OTLP writes it in JSON. */
export interface CollectedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
}

interface Traces {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly CollectedSpan[] }[];
  }[];
}

interface Metrics {
  readonly resourceMetrics: readonly {
    readonly scopeMetrics: readonly { readonly metrics: readonly { readonly name: string }[] }[];
  }[];
}

/** Takes what is sent by OTLP over HTTP, as a collector of OpenTelemetry does. */
export class Collector {
  readonly spans: CollectedSpan[] = [];
  readonly metricNames = new Set<string>();
  readonly #server: Server;
  readonly #listeners = new Set<() => void>();

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        this.#take(request.url ?? "", JSON.parse(Buffer.concat(chunks).toString()));
        response.setHeader("content-type", "application/json");
        response.end("{}");
      });
    });
  }

  static async start(): Promise<Collector> {
    const collector = new Collector();
    await new Promise<void>((resolve) => collector.#server.listen(0, "127.0.0.1", resolve));
    return collector;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Resolves with what `find` finds in what was sent, now or later. */
  async until<Found>(find: (collector: this) => Found | undefined): Promise<Found> {
    for (;;) {
      const found = find(this);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        const listener = () => {
          this.#listeners.delete(listener);
          resolve();
        };
        this.#listeners.add(listener);
      });
    }
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #take(path: string, body: Traces & Metrics): void {
    if (path === "/v1/traces") {
      for (const { scopeSpans } of body.resourceSpans) {
        for (const { spans } of scopeSpans) this.spans.push(...spans);
      }
    }
    if (path === "/v1/metrics") {
      for (const { scopeMetrics } of body.resourceMetrics) {
        for (const { metrics } of scopeMetrics) for (const { name } of metrics) this.metricNames.add(name);
      }
    }
    for (const listener of [...this.#listeners]) listener();
  }
}

export function attributeOf(span: CollectedSpan, key: string): string | undefined {
  const value = span.attributes.find((attribute) => attribute.key === key)?.value;
  const found = value?.stringValue ?? value?.intValue;
  return found === undefined ? undefined : String(found);
}
