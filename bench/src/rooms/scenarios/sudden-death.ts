import { setTimeout as pause } from "node:timers/promises";
import { typedCharacters } from "../load/edits";
import { Flight } from "../load/flight";
import { PreparedFrames } from "../load/prepared-frames";
import { closeAll, openReaders } from "../load/readers";
import type { Subject } from "../servers/subject";
import { readClocks } from "../wire/update-clocks";
import type { Extent, Figures, Scenario } from "./scenario";

const inFlight = 64;
const editsMax = 60_000;
const lifeMs = { shortest: 600, longest: 1400 };

interface Death {
  readonly acknowledged: number;
  readonly lost: number;
}

/** SIGKILL amid typing: how much of what the server called saved is gone. */
export const suddenDeath: Scenario = {
  name: "kill",
  title: "SIGKILL under load",
  servers: ["ours", "ywss", "hocuspocus"],
  roundsMax: 1,
  figures: [
    { key: "acknowledged", title: "edits acknowledged (y-ws-server: seen by others)", decimals: 0 },
    { key: "lost", title: "  of these gone after the restart", decimals: 0 },
  ],
  bars: [{ figure: "lost", atMost: 0 }],
  begin: async (subject, extent) => () => measure(subject, extent),
};

async function measure(subject: Subject, { quick }: Extent): Promise<Figures> {
  let acknowledged = 0;
  let lost = 0;
  for (let round = 0; round < (quick ? 2 : 5); round++) {
    const death = await die(subject);
    acknowledged += death.acknowledged;
    lost += death.lost;
  }
  return { acknowledged, lost };
}

async function die(subject: Subject): Promise<Death> {
  const document = await subject.createDocument();
  const edits = typedCharacters(0, editsMax);
  let flight: Flight | undefined;
  let seen = 0;
  let messages = 0;
  const readers = await openReaders(subject, document, 1, (reader, client, clock) => {
    seen = clock;
    flight?.see(reader, client, clock);
  });
  const writer = await subject.connect(document, {
    extended: true,
    listener: {
      acknowledged: (count) => {
        messages = count;
      },
    },
  });
  const messagesBefore = writer.messagesSent;
  flight = new Flight([new PreparedFrames(writer, edits, editsMax)], readers.length, inFlight);
  flight.start();
  await pause(lifeMs.shortest + Math.random() * (lifeMs.longest - lifeMs.shortest));
  await subject.kill();
  // What the server said before it died may still be on its way.
  await Promise.all([writer, ...readers].map(({ closed }) => closed));

  await subject.start();
  let present = 0;
  const survivor = await subject.connect(document, {
    listener: {
      update: (update) =>
        readClocks(update, (_client, clock) => {
          present = clock;
        }),
    },
  });
  await closeAll([survivor]);
  const acknowledged = subject.kind.name === "ywss" ? seen : Math.max(0, messages - messagesBefore);
  return { acknowledged, lost: Math.max(0, acknowledged - present) };
}
