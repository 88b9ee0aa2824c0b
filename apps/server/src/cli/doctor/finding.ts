export type FindingState = "ok" | "warn" | "fail";

/** What the doctor says of one thing. */
export interface Finding {
  /** Short: `disk speed`. Scripts go by it. */
  readonly name: string;
  readonly state: FindingState;
  /** What was seen. */
  readonly what: string;
  /** What to do about it; undefined where nothing need be done. */
  readonly todo: string | undefined;
}

export const ok = (name: string, what: string): Finding => ({ name, state: "ok", what, todo: undefined });
export const warn = (name: string, what: string, todo: string): Finding => ({
  name,
  state: "warn",
  what,
  todo,
});
export const fail = (name: string, what: string, todo: string): Finding => ({
  name,
  state: "fail",
  what,
  todo,
});
