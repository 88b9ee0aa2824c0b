import type { PageCommand, TextCommand } from "./command";

/** The shortcuts of a command on this kind of keyboard, the one to be shown first. */
export function shownKeys({ keys, macKeys }: TextCommand | PageCommand, mac: boolean): readonly string[] {
  return (mac ? macKeys : undefined) ?? keys ?? [];
}
