import { variables } from "./environment";
import { nearestName } from "./nearest-name";

/** A variable with our prefix that this release does not read. */
export interface UnknownVariable {
  readonly name: string;
  /** What it was most likely meant to be. */
  readonly meant: string | undefined;
}

const prefix = "SCRIPTORIUM_";
const known = variables.flatMap(({ name, isSecret }) => (isSecret ? [name, `${name}_FILE`] : [name]));
/** What Kubernetes sets for every service: one named "scriptorium" gives these. */
const serviceLink = /^SCRIPTORIUM_(?:SERVICE_.*|PORT_\d.*)$/;

/** Variables with our prefix that mean nothing, in the order of the alphabet. */
export function unknownVariables(env: Readonly<Record<string, string | undefined>>): UnknownVariable[] {
  return Object.entries(env)
    .filter(([name, value]) => name.startsWith(prefix) && value?.trim() !== "" && !isServiceLink(name, value))
    .filter(([name]) => !known.includes(name))
    .map(([name]) => ({ name, meant: nearestName(name, known) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

function isServiceLink(name: string, value = ""): boolean {
  return serviceLink.test(name) || (name === "SCRIPTORIUM_PORT" && value.startsWith("tcp://"));
}

/** `there is no such variable: did you mean …?` */
export function describeUnknown({ meant }: UnknownVariable): string {
  const hint = meant === undefined ? "" : `: did you mean ${meant}?`;
  return `there is no such variable${hint}`;
}
