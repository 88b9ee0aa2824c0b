import { markdownParser } from "./markdown-parser";
import { renderDocument } from "./render-document";
import { diffRenderings } from "./render-patch";

/** Renders off the page's thread: takes a whole text, answers with what has changed since the last one. */
const parser = markdownParser();
let shown: readonly string[] = [];

self.onmessage = ({ data }: MessageEvent<string>) => {
  const rendered = renderDocument(parser, data);
  const patch = diffRenderings(shown, rendered);
  shown = rendered.blocks.map(({ html }) => html);
  self.postMessage(patch);
};
