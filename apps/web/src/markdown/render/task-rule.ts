import type { MarkdownIt, Token } from "markdown-it";

/** `[ ]` and `[x]` at the start of a list item become checkboxes that know the line of the source they stand in. */
export function taskRule(parser: MarkdownIt): void {
  parser.core.ruler.after("inline", "tasks", ({ tokens }) => {
    for (let index = 2; index < tokens.length; index++) {
      const [item, paragraph, inline] = [tokens[index - 2], tokens[index - 1], tokens[index]];
      if (item?.type !== "list_item_open" || paragraph?.type !== "paragraph_open") continue;
      if (inline !== undefined) markTask(item, inline);
    }
  });
  parser.renderer.rules.task = (tokens, index) => {
    const token = tokens[index];
    const checked = token?.meta?.checked === true ? " checked" : "";
    return `<input type="checkbox" class="md-task" data-line="${token?.content}"${checked}>`;
  };
}

function markTask(item: Token, inline: Token): void {
  const first = inline.children?.[0];
  const marker = first?.type === "text" ? /^\[([ xX])\](?=\s|$)\s?/.exec(first.content) : null;
  if (first === undefined || marker === null || inline.map === null) return;
  const task = Object.assign(Object.create(Object.getPrototypeOf(first)) as Token, first);
  task.type = "task";
  task.meta = { checked: marker[1] !== " " };
  task.content = String(inline.map[0]);
  first.content = first.content.slice(marker[0].length);
  inline.children?.unshift(task);
  item.attrJoin("class", "md-task-item");
}
