/*
 * A process of its own, bundled by the test: appends records of many keys to the log of the directory it is
 * given, in segments that are sealed behind it, until it is killed. Says "open", and then how far all is
 * durable. What it appends follows from the position alone, so that the test can tell.
 */
import { Log } from "../../src/index";
import { recordAt } from "./numbered-records";

const [directory = ""] = process.argv.slice(2);

const log = await Log.open({ directory, segmentBytesMax: 20_000 });
log.onDurable((position) => process.stdout.write(`${position}\n`));
process.stdout.write("open\n");
for (let round = 1; ; round += 1) {
  const burst = Array.from({ length: 1 + (round % 9) }, () => log.append(recordAt(log.nextPosition)));
  await burst.at(-1)?.durable;
}
