import { createInterface } from "node:readline/promises";

/**
 * Asks a question at the terminal; anything but "y" or "yes" is a no, as are Ctrl-C and Ctrl-D.
 *
 * @returns undefined if `input` is no terminal: there is nobody to ask
 */
export async function confirm(
  input: NodeJS.ReadableStream & { readonly isTTY?: boolean },
  output: NodeJS.WritableStream,
  question: string,
): Promise<boolean | undefined> {
  if (!input.isTTY) return undefined;
  const terminal = createInterface({ input, output });
  // Rejects with Ctrl-C and Ctrl-D.
  const answer = await terminal.question(`${question} [y/N] `).catch(() => "");
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
