import { Counter, type Registry } from "prom-client";

/** What clients have sent since the start. Plain numbers, since each message changes them. */
export interface Traffic {
  readonly messages: Record<"step1" | "step2" | "update" | "awareness" | "queryAwareness", number>;
  bytes: number;
}

/** Traffic that `registry` shows. */
export function createTraffic(registry: Registry): Traffic {
  const traffic: Traffic = {
    messages: { step1: 0, step2: 0, update: 0, awareness: 0, queryAwareness: 0 },
    bytes: 0,
  };
  const registers = [registry];
  new Counter({
    name: "scriptorium_messages_total",
    help: "Messages received from clients, by type",
    labelNames: ["type"],
    registers,
    collect() {
      this.reset();
      for (const [type, count] of Object.entries(traffic.messages)) this.inc({ type }, count);
    },
  });
  new Counter({
    name: "scriptorium_message_bytes_total",
    help: "Bytes of messages received from clients",
    registers,
    collect() {
      this.reset();
      this.inc(traffic.bytes);
    },
  });
  return traffic;
}
