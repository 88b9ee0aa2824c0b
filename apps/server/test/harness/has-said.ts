import { setTimeout as elapsed } from "node:timers/promises";
import type { ServerProcess } from "./server-process";

/** Resolves when the server has said one of these in its log. @throws with its output if it ended before */
export async function hasSaid(server: ServerProcess, ...messages: readonly string[]): Promise<void> {
  let ended = false;
  void server.ended.then(() => {
    ended = true;
  });
  const isIn = (line: string) => messages.some((message) => line.includes(`"msg":"${message}"`));
  while (!server.output.some(isIn)) {
    if (ended) throw new Error(`the server ended:\n${server.output.join("\n")}`);
    await elapsed(1);
  }
}
