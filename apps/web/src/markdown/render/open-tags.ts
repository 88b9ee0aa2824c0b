const tag = /<!--[\s\S]*?-->|<(\/?)([a-z][a-z0-9-]*)(?:"[^"]*"|'[^']*'|[^'">])*?(\/?)>/gi;
const empty = /^(area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/;

/**
 * Follows which raw HTML elements are open after `html`: `<details>` in one block and `</details>` in a later one
 * hold what is between them.
 *
 * @param open the names of those open before, outermost first; changed in place
 */
export function followTags(html: string, open: string[]): void {
  for (const [, slash, name = "", selfClosing] of html.matchAll(tag)) {
    const element = name.toLowerCase();
    if (element === "" || empty.test(element) || selfClosing === "/") continue;
    if (slash !== "/") open.push(element);
    else if (open.includes(element)) open.length = open.lastIndexOf(element);
  }
}
