const words = "the kettle sings while nobody at the window minds the slow rain over the yard".split(" ");
const wordsPerParagraph = 60;
const paragraphsPerHeading = 8;

/** Markdown of `length` characters: headings and paragraphs, the same each time. */
export function markdownOf(length: number): string {
  const parts: string[] = [];
  let written = 0;
  for (let paragraph = 0; written < length; paragraph++) {
    const part =
      paragraph % paragraphsPerHeading === 0
        ? `## Part ${paragraph / paragraphsPerHeading}\n\n`
        : `${Array.from({ length: wordsPerParagraph }, (_, i) => words[(i * 7 + paragraph) % words.length]).join(" ")}.\n\n`;
    parts.push(part);
    written += part.length;
  }
  return parts.join("").slice(0, length);
}
