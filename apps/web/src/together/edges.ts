import type { Person } from "../collaboration/person";

/** Somebody's caret that is not in view. */
export interface EdgePerson extends Person {
  /** How far it is from the text in view, in pixels: negative above it. */
  readonly distance: number;
}

/** Who is above and who is below the part of the text that is in view, nearest first. */
interface Sides {
  readonly above: readonly EdgePerson[];
  readonly below: readonly EdgePerson[];
}

export interface Edges extends Sides {
  /** What panels of the editor take of its height, in pixels: the edges of the text are within. */
  readonly inset: { readonly top: number; readonly bottom: number };
}

export const noEdges: Edges = { above: [], below: [], inset: { top: 0, bottom: 0 } };

/**
 * Sorts carets to the edges. Somebody with several carets is where the nearest is, and at no edge if one is in view.
 *
 * @param carets with 0 as `distance` for one in view
 */
export function sortToEdges(carets: readonly EdgePerson[]): Sides {
  const nearest = new Map<string, EdgePerson>();
  for (const caret of carets) {
    const known = nearest.get(caret.id);
    if (known === undefined || Math.abs(caret.distance) < Math.abs(known.distance))
      nearest.set(caret.id, caret);
  }
  const sorted = [...nearest.values()].sort((a, b) => Math.abs(a.distance) - Math.abs(b.distance));
  return {
    above: sorted.filter(({ distance }) => distance < 0),
    below: sorted.filter(({ distance }) => distance > 0),
  };
}

/** Whether both look the same: distances only order people. */
export function sameEdges(a: Edges, b: Edges): boolean {
  return (
    samePeople(a.above, b.above) &&
    samePeople(a.below, b.below) &&
    a.inset.top === b.inset.top &&
    a.inset.bottom === b.inset.bottom
  );
}

function samePeople(a: readonly EdgePerson[], b: readonly EdgePerson[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ id, name, onLight, onDark }, index) => {
      const other = b[index];
      return id === other?.id && name === other.name && onLight === other.onLight && onDark === other.onDark;
    })
  );
}
