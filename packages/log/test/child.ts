/*
 * A process of its own for the tests, bundled by them. Opens the log of the directory it is given, says
 * "open", and appends until it is killed, saying which position is durable.
 */
import { Log, LogError } from "../src/index";

const [directory = ""] = process.argv.slice(2);

try {
  const log = await Log.open({ directory });
  process.stdout.write("open\n");
  for (let number = 1; ; number += 1) {
    const batch = Array.from({ length: 1 + (number % 5) }, (_, index) =>
      log.append({
        revision: BigInt(number),
        key: new Uint8Array(16).fill(number % 4),
        stream: 0,
        kind: index,
        author: new Uint8Array(16),
        payload: new Uint8Array((number * 37) % 3000).fill(number),
      }),
    );
    const last = batch.at(-1);
    await last?.durable;
    process.stdout.write(`durable ${last?.position}\n`);
  }
} catch (error) {
  process.stdout.write(`${error instanceof LogError ? error.code : String(error)}\n`);
}
