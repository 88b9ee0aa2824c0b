const apart = /^(p|h[1-6]|ul|ol|pre|blockquote|table|details|section|figure|dl)$/;

/** What `root` says, without what it looks like: paragraphs apart, lists with their signs, cells with tabs between. */
export function plainText(root: Element): string {
  const text = [...root.childNodes].map((node) => textOf(node)).join("");
  return `${text
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}

function textOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) {
    const text = node.nodeValue ?? "";
    // Line breaks between blocks are the renderer's.
    return text.trim() === "" && text.includes("\n") && !isParagraph(node.parentElement)
      ? ""
      : text.replace(/\s+/g, " ");
  }
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  const element = node as Element;
  const name = element.localName;
  if (name === "pre") return `\n\n${element.textContent?.trimEnd() ?? ""}\n\n`;
  if (name === "br") return "\n";
  if (name === "hr") return "\n\n* * *\n\n";
  if (name === "img") return element.getAttribute("alt") ?? "";
  if (name === "input") return element.hasAttribute("checked") ? "[x] " : "[ ] ";
  // Says the formula twice otherwise; its source is what a text can show.
  if (name === "annotation") return element.textContent ?? "";
  if (element.classList.contains("katex"))
    return element.querySelector("annotation")?.textContent ?? element.textContent ?? "";
  const inside = [...element.childNodes].map(textOf).join("");
  if (name === "li") return `${sign(element)}${indented(inside.trim())}\n`;
  if (name === "tr") return `${[...element.children].map((cell) => textOf(cell).trim()).join("\t")}\n`;
  if (name === "blockquote") return `\n\n${inside.trim().replace(/^/gm, "> ")}\n\n`;
  // A list within an item follows on its line.
  if ((name === "ul" || name === "ol") && element.parentElement?.localName === "li") return `\n${inside}`;
  return apart.test(name) ? `\n\n${inside.trim()}\n\n` : inside;
}

function isParagraph(element: Element | null): boolean {
  return element !== null && /^(p|h[1-6]|a|b|em|i|strong|s|del|td|th|span)$/.test(element.localName);
}

function sign(item: Element): string {
  const list = item.parentElement;
  if (list?.localName !== "ol") return "- ";
  const first = Number(list.getAttribute("start") ?? 1);
  return `${first + [...list.children].indexOf(item)}. `;
}

function indented(text: string): string {
  return text.replace(/\n(?=.)/g, "\n  ");
}
