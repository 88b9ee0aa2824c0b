/** An event on the editor's element: its text is about to be scrolled for the reader's sake, though not by their hand. */
export const textMovedEvent = "scriptorium:text-moved";
