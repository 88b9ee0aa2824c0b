import fc from "fast-check";
import { expect, test } from "vitest";
import { UnsavedEdits } from "./unsaved-edits";

type Act =
  | { readonly type: "kept" | "handshake" | "lost" }
  | { readonly type: "sent"; readonly edits: 0 | 1 }
  | { readonly type: "acknowledged"; readonly messages: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ type: fc.constantFrom("kept", "handshake", "lost") }),
  fc.record({ type: fc.constant("sent" as const), edits: fc.constantFrom(0 as const, 1 as const) }),
  fc.record({ type: fc.constant("acknowledged" as const), messages: fc.nat(12) }),
);

/** Every edit by itself: on this connection it went out in message `message`, or in none. */
class Model {
  #edits: { message: number | undefined }[];
  #messages = 0;
  #acknowledged = 0;

  constructor(carriedOver: number) {
    this.#edits = Array.from({ length: carriedOver }, () => ({ message: undefined }));
  }

  get count(): number {
    return this.#edits.length;
  }

  get awaitsAcknowledgement(): boolean {
    return this.#messages > this.#acknowledged;
  }

  act(what: Act): void {
    switch (what.type) {
      case "kept":
        this.#edits.push({ message: undefined });
        return;
      case "sent":
        this.#messages++;
        if (what.edits === 1) this.#edits.push({ message: this.#messages });
        return;
      case "handshake":
        this.#messages++;
        for (const edit of this.#edits) edit.message ??= this.#messages;
        return;
      case "acknowledged":
        this.#acknowledged = Math.max(this.#acknowledged, Math.min(what.messages, this.#messages));
        this.#edits = this.#edits.filter(
          ({ message }) => message === undefined || message > this.#acknowledged,
        );
        return;
      case "lost":
        this.#messages = 0;
        this.#acknowledged = 0;
        for (const edit of this.#edits) edit.message = undefined;
        return;
    }
  }
}

function perform(edits: UnsavedEdits, what: Act): void {
  if (what.type === "kept") edits.kept();
  if (what.type === "sent") edits.sentUpdate(what.edits);
  if (what.type === "handshake") edits.sentHandshake();
  if (what.type === "acknowledged") edits.acknowledged(what.messages);
  if (what.type === "lost") edits.connectionLost();
}

test("counts as a list of single edits would, whatever happens in whichever order", () => {
  fc.assert(
    fc.property(fc.nat(5), fc.array(act, { maxLength: 60, size: "max" }), (carriedOver, acts) => {
      const edits = new UnsavedEdits(carriedOver);
      const model = new Model(carriedOver);
      for (const what of acts) {
        perform(edits, what);
        model.act(what);
        expect([edits.count, edits.awaitsAcknowledgement]).toEqual([
          model.count,
          model.awaitsAcknowledgement,
        ]);
      }
    }),
    { numRuns: 500 },
  );
});

test("does not take an edit kept after the handshake for carried by it", () => {
  const edits = new UnsavedEdits();
  edits.kept();
  edits.sentHandshake();
  edits.kept();
  edits.acknowledged(1);
  expect(edits.count).toBe(1);
});
