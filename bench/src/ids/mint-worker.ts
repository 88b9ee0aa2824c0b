import { parentPort, workerData } from "node:worker_threads";
import { MintStream, type StreamPlan } from "./mint-stream";

/** Ids in one portion: half a megabyte. */
const portion = 65_536;
/** Portions that wait for whoever merges. */
const ahead = 2;

/** A thread that mints, a few portions ahead of whoever asks for them. */
if (parentPort === null) throw new Error("this is a worker");
const port = parentPort;
const stream = new MintStream(workerData as StreamPlan);

function send(): void {
  const ids = stream.take(portion);
  if (ids.length > 0) port.postMessage({ ids }, [ids.buffer]);
  else port.postMessage({ ids, report: stream.report() });
}

// Each message says that one was taken.
port.on("message", send);
for (let sent = 0; sent < ahead; sent++) send();
