const own =
  /^(?:language-[\w+#.-]{1,40}|md-(?:task|task-item|math|math-display|math-block|diagram)|footnote-(?:ref|item|backref)|footnotes(?:-sep|-list)?)$/;

/** Whether the renderer gives this class. Others could look like the page around the text, or cover it. */
export function isOwnClass(name: string): boolean {
  return own.test(name);
}
