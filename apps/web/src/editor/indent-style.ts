import type { DocumentSettings } from "../collaboration/document-settings";

/** How a document's lines are indented: by tabs or spaces, so many columns a level. */
export interface IndentStyle {
  readonly tabs: boolean;
  readonly width: number;
}

const tab = "\t";
const defaultWidth = 2;
const defaultTabWidth = 4;

export function indentStyleOf({ indentUnit, tabSize }: DocumentSettings): IndentStyle {
  if (indentUnit === tab) return { tabs: true, width: tabSize ?? defaultTabWidth };
  return { tabs: false, width: indentUnit?.length ?? defaultWidth };
}

/** What to set for a document to be indented so. The size of tabs is left alone where they are not used. */
export function settingsOf({ tabs, width }: IndentStyle): Partial<DocumentSettings> {
  return tabs ? { indentUnit: tab, tabSize: width } : { indentUnit: " ".repeat(width) };
}

export const tabSizeOf = ({ tabSize }: DocumentSettings): number => tabSize ?? defaultTabWidth;

export function indentUnitOf({ indentUnit }: DocumentSettings): string {
  return indentUnit ?? " ".repeat(defaultWidth);
}
