import type { Line } from "@codemirror/state";

const task = /^((?:\s|>|[-*+]\s|\d+[.)]\s)*\[)([ xX])\](?=\s|$)/;

/** Where the mark between the brackets of a line's task stands, and whether it is one. */
export interface TaskBox {
  readonly at: number;
  readonly ticked: boolean;
}

/** Undefined where the line is no task. */
export function taskBoxOf(line: Line): TaskBox | undefined {
  const [, before, mark] = task.exec(line.text) ?? [];
  return before === undefined ? undefined : { at: line.from + before.length, ticked: mark !== " " };
}
