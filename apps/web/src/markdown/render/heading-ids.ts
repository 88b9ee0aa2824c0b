/** Gives the headings of one document their ids, the way GitHub does: `#two-words`, the next one `#two-words-1`. */
export class HeadingIds {
  readonly #given = new Set<string>();
  readonly #next = new Map<string, number>();

  idFor(text: string): string {
    const slug = text
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\s-]/gu, "")
      .replace(/\s/g, "-");
    let count = this.#next.get(slug) ?? 0;
    let id = count === 0 ? slug : `${slug}-${count}`;
    // A heading may itself be called `two-words-1`.
    while (this.#given.has(id)) id = `${slug}-${++count}`;
    this.#next.set(slug, count + 1);
    this.#given.add(id);
    return id;
  }
}
