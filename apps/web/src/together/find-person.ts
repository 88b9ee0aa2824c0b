import type { EditorState } from "@codemirror/state";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import { readActivity } from "../collaboration/activity";
import { readPerson } from "../collaboration/person";
import { peersField } from "../editor/peers-field";
import { resolvePosition } from "../editor/read-peers";
import type { Whereabouts } from "./follow-target";

/** Of a person's clients, the one that was heard of last; one in a hidden tab only if there is no other. */
function latestClient(awareness: Awareness, personId: string): number | undefined {
  let latest: { readonly client: number; readonly away: boolean; readonly heardAtMs: number } | undefined;
  for (const [client, state] of awareness.getStates()) {
    if (client === awareness.clientID || state.user === undefined) continue;
    if (readPerson(state.user, client, "").id !== personId) continue;
    const away = readActivity(state.activity) === "away";
    const heardAtMs = awareness.meta.get(client)?.lastUpdated ?? 0;
    const isBetter =
      latest === undefined || (away === latest.away ? heardAtMs > latest.heardAtMs : latest.away);
    if (isBetter) latest = { client, away, heardAtMs };
  }
  return latest?.client;
}

/** Where a person is in the text. */
export function findPerson(
  state: EditorState,
  awareness: Awareness,
  text: Y.Text,
  personId: string,
): Whereabouts {
  const client = latestClient(awareness, personId);
  const caret = state.field(peersField).find(({ clientId }) => clientId === client)?.head;
  const told = client === undefined ? undefined : awareness.getStates().get(client)?.shown;
  const from = resolvePosition(told?.from, text);
  const to = resolvePosition(told?.to, text);
  const shown =
    from === undefined || to === undefined ? undefined : { from: within(state, from), to: within(state, to) };
  return { shown, caret };
}

/** The shared text may be ahead of the editor for a moment. */
function within({ doc }: EditorState, position: number): number {
  return Math.min(position, doc.length);
}
