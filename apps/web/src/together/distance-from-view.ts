import type { EditorView } from "@codemirror/view";

/**
 * How many pixels a position is outside the part of the text that is in view: 0 within, negative above. To be called
 * in CodeMirror's phase of measuring.
 */
export function distanceFromView(view: EditorView, position: number): number {
  const visible = view.scrollDOM.getBoundingClientRect();
  const block = view.lineBlockAt(Math.min(position, view.state.doc.length));
  const outside = distance(view.documentTop + block.top, view.documentTop + block.bottom, visible);
  if (outside !== 0 || block.height <= 2 * view.defaultLineHeight) return outside;
  // Of a paragraph as high as the window, a line may be out of view.
  const place = view.coordsAtPos(position);
  return place === null ? outside : distance(place.top, place.bottom, visible);
}

function distance(top: number, bottom: number, visible: { readonly top: number; readonly bottom: number }) {
  if (bottom <= visible.top) return bottom - visible.top - 1;
  return top >= visible.bottom ? top - visible.bottom + 1 : 0;
}
