import * as z from "zod/mini";
import { colourOf } from "./colour-of";

export const nameLengthMax = 40;

/** Somebody in a document, as awareness tells it under the key `user`. */
export interface Person {
  /** Random, of this person's device: one person in two tabs is one person. */
  readonly id: string;
  readonly name: string;
  readonly onLight: string;
  readonly onDark: string;
}

const hex = z.string().check(z.regex(/^#[0-9a-f]{6}$/i));

// Whatever another client claims ends up in names and styles: only what has this shape is believed.
const userSchema = z.object({
  id: z.optional(z.string().check(z.maxLength(64))),
  name: z.optional(z.string()),
  color: z.optional(hex),
  colorDark: z.optional(hex),
});

/** What this client tells of `person`. Stock Yjs editors read `name`, `color` and `colorLight`. */
export function describePerson({ id, name, onLight, onDark }: Person) {
  return { id, name, color: onLight, colorDark: onDark, colorLight: `${onLight}33` };
}

/** The person that a client describes; one who says nothing usable gets a name and a colour from us. */
export function readPerson(user: unknown, clientId: number, anonymous: string): Person {
  const parsed = userSchema.safeParse(user);
  const told = parsed.success ? parsed.data : {};
  const id = told.id ?? `client-${clientId}`;
  const { onLight, onDark } = colourOf(id);
  return {
    id,
    name: told.name?.trim().slice(0, nameLengthMax) || anonymous,
    onLight: told.color ?? onLight,
    onDark: told.colorDark ?? told.color ?? onDark,
  };
}
