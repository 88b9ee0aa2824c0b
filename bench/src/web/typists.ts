import { setTimeout as pause } from "node:timers/promises";
import type { ScriptoriumProvider } from "@scriptorium/provider";
import * as Y from "yjs";
import { ownClient, reached } from "../../../apps/server/test/harness/clients";

const editIntervalMs = 200;

/** People elsewhere who type into one document, evenly spread over it, with carets as our editor shows them. */
export class Typists {
  readonly #providers: readonly ScriptoriumProvider[];
  readonly #at: Y.RelativePosition[];
  #stopped = false;

  private constructor(providers: readonly ScriptoriumProvider[]) {
    this.#providers = providers;
    this.#at = providers.map(({ doc }, index) => {
      const text = doc.getText("content");
      // The first types where the reader looks.
      const place = Math.floor((text.length * index) / providers.length) + 200;
      return Y.createRelativePositionFromTypeIndex(text, Math.min(place, text.length));
    });
  }

  static async join(socketUrl: string, documentId: string, count: number): Promise<Typists> {
    const providers = Array.from({ length: count }, () => ownClient(socketUrl, documentId));
    await Promise.all(providers.map((provider) => reached(provider, "saved")));
    for (const [index, { awareness }] of providers.entries()) {
      const name = `Typist ${index + 1}`;
      awareness.setLocalStateField("user", { id: name, name, color: "#8a3b12", colorDark: "#e0a27f" });
    }
    return new Typists(providers);
  }

  /** Each types five letters a second, in turns, until {@link leave}. */
  async type(): Promise<void> {
    const stepMs = editIntervalMs / this.#providers.length;
    for (let edit = 0; !this.#stopped; edit++) {
      this.#edit(edit % this.#providers.length, edit);
      await pause(stepMs);
    }
  }

  /** Types `edits` letters as fast as the server takes them, and takes as many away: the text stays as long as it is. */
  async rush(edits: number): Promise<void> {
    for (let edit = 0; edit < edits; edit++) {
      const typist = edit % this.#providers.length;
      if (Math.floor(edit / this.#providers.length) % 2 === 0) this.#edit(typist, edit);
      else this.#takeBack(typist);
      if (edit % 500 === 499)
        await Promise.all(this.#providers.map((provider) => reached(provider, "saved")));
    }
    await Promise.all(this.#providers.map((provider) => reached(provider, "saved")));
  }

  leave(): void {
    this.#stopped = true;
    for (const provider of this.#providers) {
      provider.destroy();
      provider.doc.destroy();
    }
  }

  #edit(typist: number, edit: number): void {
    this.#change(typist, (text, at) => {
      text.insert(at, edit % 6 === 5 ? " " : String.fromCharCode(97 + (edit % 26)));
      return at + 1;
    });
  }

  #takeBack(typist: number): void {
    this.#change(typist, (text, at) => {
      if (at === 0) return at;
      text.delete(at - 1, 1);
      return at - 1;
    });
  }

  #change(typist: number, change: (text: Y.Text, at: number) => number): void {
    const provider = this.#providers[typist];
    const place = this.#at[typist];
    if (provider === undefined || place === undefined) return;
    const text = provider.doc.getText("content");
    const at = Y.createAbsolutePositionFromRelativePosition(place, provider.doc)?.index ?? 0;
    const caret = Y.createRelativePositionFromTypeIndex(text, change(text, at));
    this.#at[typist] = caret;
    const json = Y.relativePositionToJSON(caret);
    provider.awareness.setLocalStateField("cursor", { anchor: json, head: json });
  }
}
