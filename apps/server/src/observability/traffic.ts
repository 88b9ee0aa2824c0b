import type { Instruments } from "./instruments";

export type ReceivedType = "step1" | "step2" | "update" | "awareness" | "queryAwareness";
export type SentType = "step1" | "step2" | "update" | "awareness" | "durable" | "event";

type Amounts<Type extends string> = Record<Type, { messages: number; bytes: number }>;

const nothing = () => ({ messages: 0, bytes: 0 });

/** What went to and fro between clients and the server since the start. Plain numbers, since each message changes them. */
export class Traffic {
  /** False where nobody wants to know. */
  readonly isCounted: boolean;
  readonly #received: Amounts<ReceivedType> = {
    step1: nothing(),
    step2: nothing(),
    update: nothing(),
    awareness: nothing(),
    queryAwareness: nothing(),
  };
  readonly #sent: Amounts<SentType> = {
    step1: nothing(),
    step2: nothing(),
    update: nothing(),
    awareness: nothing(),
    durable: nothing(),
    event: nothing(),
  };

  constructor(instruments: Instruments) {
    this.isCounted = instruments.has("traffic");
    const show = (name: string, help: string, amounts: Amounts<string>, what: "messages" | "bytes") =>
      instruments.observeEach("traffic", "counter", name, help, ["type"], () =>
        Object.entries(amounts).map(([type, amount]) => [{ type }, amount[what]] as const),
      );
    const received = "received from clients, by type";
    show("scriptorium_messages_received_total", `Messages ${received}`, this.#received, "messages");
    show(
      "scriptorium_message_received_bytes_total",
      `Bytes of messages ${received}`,
      this.#received,
      "bytes",
    );
    const sent = "sent to clients, by type";
    show("scriptorium_messages_sent_total", `Messages ${sent}`, this.#sent, "messages");
    show(
      "scriptorium_message_sent_bytes_total",
      `Bytes of messages ${sent}, with the heads of their frames`,
      this.#sent,
      "bytes",
    );
  }

  received(type: ReceivedType, bytes: number): void {
    if (!this.isCounted) return;
    const amount = this.#received[type];
    amount.messages++;
    amount.bytes += bytes;
  }

  /** A whole message, or the bytes that belong to the one before. */
  sent(type: SentType, messages: 0 | 1, bytes: number): void {
    const amount = this.#sent[type];
    amount.messages += messages;
    amount.bytes += bytes;
  }
}
