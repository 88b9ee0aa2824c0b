/** What a new document can begin with. All of it is Markdown. */
export interface Template {
  readonly id: string;
  /** What the menu calls it. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
}
