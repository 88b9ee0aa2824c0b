import type { Awareness } from "y-protocols/awareness";

/** The fields of an awareness state beside `user`, `cursor` and `activity`. Clients that do not know them lose nothing. */
export interface CompanyFields {
  /** The id of the person whom this client follows; null for nobody. */
  readonly following: string | null;
  /** Relative positions of where the lines in view begin and end; null while nobody follows. */
  readonly shown: { readonly from: unknown; readonly to: unknown } | null;
  readonly activity: string;
}

/** Tells the others, in one message, and in none if they know already. */
export function tell<Field extends keyof CompanyFields>(
  awareness: Awareness,
  field: Field,
  value: CompanyFields[Field],
): void {
  const state = awareness.getLocalState();
  if (state === null || JSON.stringify(state[field] ?? null) === JSON.stringify(value)) return;
  awareness.setLocalStateField(field, value);
}
