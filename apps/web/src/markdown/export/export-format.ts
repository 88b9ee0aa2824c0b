/** What a Markdown text can leave as. */
export const exportFormats = ["markdown", "html", "text", "print"] as const;
export type ExportFormat = (typeof exportFormats)[number];
