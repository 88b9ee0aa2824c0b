import { basename } from "node:path";
import type { LogError } from "@scriptorium/log";

/** Damage in words that say nothing of where on the machine the data is: which segment, where in it, and what. */
export function describeDamage({ segment, offset, reason }: LogError): string {
  if (segment === undefined) return reason;
  return `${basename(segment)}, byte ${offset ?? 0}: ${reason}`;
}
