import * as Y from "yjs";
import type { Subject } from "../servers/subject";
import { readClocks } from "../wire/update-clocks";
import type { WireClient } from "../wire/wire-client";

/** The first reader lets Yjs read each of so many updates, too, and compares. */
const updatesPerCheck = 100;

/** Called for each Yjs client of which an update brings news. */
export type Seen = (reader: number, client: number, clock: number, arrivedAtMs: number) => void;

/** Lets `count` clients read along in a document. */
export function openReaders(
  subject: Subject,
  document: string,
  count: number,
  seen: Seen,
): Promise<WireClient[]> {
  return Promise.all(
    Array.from({ length: count }, (_, reader) => {
      let updates = 0;
      return subject.connect(document, {
        listener: {
          update(update, arrivedAtMs) {
            readClocks(update, (client, clock) => seen(reader, client, clock, arrivedAtMs));
            if (reader === 0 && updates++ % updatesPerCheck === 0) compare(update);
          },
        },
      });
    }),
  );
}

/** @throws if the load's own reading of an update differs from Yjs's. */
function compare(update: Uint8Array): void {
  const { to } = Y.parseUpdateMeta(update);
  readClocks(update, (client, clock) => {
    if (to.get(client) !== clock) throw new Error(`misread an update: ${client} is at ${to.get(client)}`);
  });
}

export async function closeAll(clients: readonly WireClient[]): Promise<void> {
  await Promise.all(clients.map((client) => client.close()));
}
