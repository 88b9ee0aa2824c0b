/** Who is at a connection, as its client tells under the key `user` of its awareness state. */
export interface Person {
  /** The same on all connections of a person; undefined if the client does not tell. */
  readonly id: string | undefined;
  readonly name: string;
}

const nameLengthMax = 100;
const idLengthMax = 64;

/** The person that a client describes in its awareness state; undefined if it describes nobody. */
export function personIn(state: unknown): Person | undefined {
  const user = fieldOf(state, "user");
  const name = lineOf(fieldOf(user, "name"), nameLengthMax);
  const id = lineOf(fieldOf(user, "id"), idLengthMax);
  return name === "" && id === "" ? undefined : { id: id === "" ? undefined : id, name };
}

export function isSamePerson(one: Person | undefined, other: Person | undefined): boolean {
  return one?.id === other?.id && one?.name === other?.name;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** Whatever a client claims ends up in the log: so much of it, and nothing that would be no text there. */
function lineOf(value: unknown, lengthMax: number): string {
  if (typeof value !== "string") return "";
  const line = value
    .slice(0, 4 * lengthMax)
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, "")
    .trim();
  return [...line].slice(0, lengthMax).join("");
}
