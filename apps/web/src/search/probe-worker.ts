import type { ProbeAnswer } from "./pattern-probe";
import { type PatternTask, runPattern } from "./run-pattern";

const answer = (message: ProbeAnswer) => self.postMessage(message);

/** Tries patterns off the page's thread: there nothing could end one that comes to no end. */
self.onmessage = ({ data }: MessageEvent<PatternTask>) => {
  answer("begun");
  runPattern(data);
  answer("done");
};
