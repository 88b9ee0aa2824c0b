import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";

/** Markdown in ink alone: weight, slant and greyness. Code, there and on its own, in five colours. */
const style = HighlightStyle.define([
  { tag: tags.heading1, fontWeight: "700", fontSize: "1.4em", lineHeight: "1.4" },
  { tag: tags.heading2, fontWeight: "700", fontSize: "1.2em", lineHeight: "1.45" },
  { tag: tags.heading, fontWeight: "700" },
  { tag: tags.strong, fontWeight: "700" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.strikethrough, textDecoration: "line-through" },
  {
    tag: tags.link,
    textDecoration: "underline",
    textUnderlineOffset: "0.2em",
    textDecorationColor: "var(--color-line-strong)",
  },
  { tag: tags.url, color: "var(--color-ink-faint)", textDecoration: "none" },
  { tag: tags.quote, color: "var(--color-ink-soft)" },
  { tag: tags.monospace, class: "cm-code" },
  {
    tag: [tags.processingInstruction, tags.contentSeparator, tags.labelName],
    color: "var(--color-ink-faint)",
    fontWeight: "400",
    textDecoration: "none",
  },
  { tag: [tags.meta, tags.comment], color: "var(--color-ink-faint)" },
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: "var(--color-code-keyword)" },
  {
    tag: [
      tags.function(tags.variableName),
      tags.function(tags.propertyName),
      tags.definition(tags.variableName),
      tags.tagName,
      tags.macroName,
    ],
    color: "var(--color-code-name)",
  },
  {
    tag: [tags.typeName, tags.className, tags.namespace, tags.attributeName, tags.propertyName],
    color: "var(--color-code-type)",
  },
  { tag: [tags.string, tags.attributeValue, tags.inserted], color: "var(--color-code-string)" },
  {
    tag: [tags.number, tags.bool, tags.null, tags.atom, tags.regexp, tags.escape, tags.color, tags.deleted],
    color: "var(--color-code-number)",
  },
  { tag: tags.invalid, textDecoration: "underline wavy var(--color-warn)" },
]);

export const highlight = syntaxHighlighting(style);
