import type { RenderPatch } from "../render/render-patch";
import type { Sanitiser } from "../sanitise/sanitise";

interface Block {
  html: string;
  line: number;
  /** Once it was near enough to be built. */
  element: HTMLElement | undefined;
}

/** A run of blocks that is built, and laid out, only once it is near. */
interface Section {
  readonly element: HTMLElement;
  blocks: Block[];
  built: boolean;
}

const sectionBlocks = 64;

interface PreviewViewOptions {
  readonly parent: HTMLElement;
  /** What `parent` scrolls in. */
  readonly scroller: HTMLElement;
  readonly sanitiser: Sanitiser;
  /** Makes a block that was just sanitised and attached what it is to be. */
  readonly onBlock: (element: HTMLElement) => void;
}

/**
 * The page's side of the preview: patches go in, and only what they change and what is near the reader is sanitised and
 * built. A book costs as much as a screen.
 */
export class PreviewView {
  readonly #options: PreviewViewOptions;
  readonly #observer: IntersectionObserver;
  readonly #sectionOf = new WeakMap<Element, Section>();
  #sections: Section[] = [];

  constructor(options: PreviewViewOptions) {
    this.#options = options;
    this.#observer = new IntersectionObserver((entries) => this.#onNear(entries), {
      root: options.scroller,
      rootMargin: "100% 0px",
    });
  }

  destroy(): void {
    this.#observer.disconnect();
    this.#options.parent.replaceChildren();
  }

  apply({ before, after, inserted, lines }: RenderPatch): void {
    const old = this.#sections.reduce((sum, { blocks }) => sum + blocks.length, 0);
    if (lines.length - inserted.length !== before + after || before + after > old)
      throw new Error("the patch follows on another rendering");
    let index = 0;
    let target: Section | undefined;
    let at = 0;
    for (const section of [...this.#sections]) {
      const start = index;
      index += section.blocks.length;
      const from = Math.max(0, before - start);
      const to = Math.min(section.blocks.length, old - after - start);
      if (target === undefined && before <= index) [target, at] = [section, from];
      if (from < to) for (const block of section.blocks.splice(from, to - from)) block.element?.remove();
    }
    target ??= this.#insertSection(0, []);
    this.#insertBlocks(target, at, inserted);
    let line = 0;
    for (const section of this.#sections) for (const block of section.blocks) block.line = lines[line++] ?? 0;
    this.#tidy();
  }

  #insertBlocks(section: Section, at: number, inserted: readonly string[]): void {
    const blocks = inserted.map((html): Block => ({ html, line: 0, element: undefined }));
    const next = section.blocks[at]?.element ?? null;
    section.blocks.splice(at, 0, ...blocks);
    if (section.built) for (const block of blocks) this.#build(section, block, next);
  }

  /** Sections stay of a size; empty ones go. */
  #tidy(): void {
    for (const section of [...this.#sections]) {
      if (section.blocks.length === 0) {
        this.#observer.unobserve(section.element);
        section.element.remove();
        this.#sections.splice(this.#sections.indexOf(section), 1);
      } else if (section.blocks.length > 2 * sectionBlocks) {
        let place = this.#sections.indexOf(section);
        const rest = section.blocks.splice(sectionBlocks);
        while (rest.length > 0) this.#insertSection(++place, rest.splice(0, sectionBlocks));
      }
    }
    for (const { element, blocks } of this.#sections) {
      const lines = (blocks.at(-1)?.line ?? 0) - (blocks[0]?.line ?? 0) + 2;
      const height = `auto ${Math.round(Math.max(2, lines) * 16) / 10}em`;
      if (element.style.containIntrinsicBlockSize !== height)
        element.style.containIntrinsicBlockSize = height;
    }
  }

  #insertSection(place: number, blocks: Block[]): Section {
    const element = document.createElement("div");
    element.className = "md-section";
    const section: Section = { element, blocks, built: false };
    this.#sectionOf.set(element, section);
    const next = this.#sections[place]?.element ?? null;
    this.#options.parent.insertBefore(element, next);
    this.#sections.splice(place, 0, section);
    // What was built already moves along.
    if (blocks.some((block) => block.element !== undefined)) this.#buildAll(section);
    this.#observer.observe(element);
    return section;
  }

  #onNear(entries: readonly IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of entries) {
      const section = this.#sectionOf.get(target);
      if (isIntersecting && section !== undefined && !section.built) this.#buildAll(section);
    }
  }

  #buildAll(section: Section): void {
    section.built = true;
    for (const block of section.blocks) this.#build(section, block, null);
  }

  #build(section: Section, block: Block, next: HTMLElement | null): void {
    if (block.element !== undefined) {
      section.element.insertBefore(block.element, next);
      return;
    }
    const element = document.createElement("div");
    element.className = "md-block";
    element.append(this.#options.sanitiser.sanitise(block.html));
    block.element = element;
    section.element.insertBefore(element, next);
    this.#options.onBlock(element);
  }

  /** The line of the source in which `element` stands, by what the renderer noted; undefined outside of blocks. */
  lineOf(element: Element): number | undefined {
    const own = element.closest(".md-block");
    const section = own?.parentElement && this.#sectionOf.get(own.parentElement);
    const block = section?.blocks.find((candidate) => candidate.element === own);
    if (block === undefined) return undefined;
    const noted = element.closest<HTMLElement>("[data-line]");
    return block.line + (noted !== null && own?.contains(noted) ? Number(noted.dataset.line) : 0);
  }

  /** The checkbox of the task in line `line` of the source, if it is built. */
  taskAt(line: number): HTMLElement | undefined {
    const section = findLast(this.#sections, ({ blocks }) => (blocks[0]?.line ?? 0) <= line);
    const block = section && findLast(section.blocks, (candidate) => candidate.line <= line);
    const tasks = block?.element?.querySelectorAll<HTMLElement>("input.md-task") ?? [];
    return [...tasks].find((task) => this.lineOf(task) === line);
  }

  /** The line, with a fraction, of the source that is shown at `top`, in the coordinates of the window. */
  lineAt(top: number): number {
    const anchors = this.#anchorsAround((anchor) => anchor.top <= top, top);
    if (anchors === undefined) return 0;
    const [above, below] = anchors;
    const height = below.top - above.top;
    const share = height <= 0 ? 0 : Math.min(1, Math.max(0, (top - above.top) / height));
    return above.line + share * (below.line - above.line);
  }

  /** Where line `line`, possibly with a fraction, is shown, in the coordinates of the window. */
  topOf(line: number): number {
    const section =
      findLast(this.#sections, ({ blocks }) => (blocks[0]?.line ?? 0) <= line) ?? this.#sections[0];
    if (section !== undefined && !section.built) this.#buildAll(section);
    const anchors = this.#anchorsAround((anchor) => anchor.line <= line);
    if (anchors === undefined) return this.#options.parent.getBoundingClientRect().top;
    const [above, below] = anchors;
    const lines = below.line - above.line;
    const share = lines <= 0 ? 0 : Math.min(1, Math.max(0, (line - above.line) / lines));
    return above.top + share * (below.top - above.top);
  }

  /** The last anchor that `isBefore` holds for, and the one after. */
  #anchorsAround(isBefore: (anchor: Anchor) => boolean, top?: number): readonly [Anchor, Anchor] | undefined {
    const sections = this.#sections;
    const reached = findLast(sections, (section) =>
      top === undefined
        ? isBefore(sectionAnchor(section))
        : section.element.getBoundingClientRect().top <= top,
    );
    const section = reached ?? sections[0];
    if (section === undefined) return undefined;
    const anchors = anchorsOf(section);
    const next = sections[sections.indexOf(section) + 1];
    const end = section.element.getBoundingClientRect().bottom;
    const last = anchors.at(-1) ?? sectionAnchor(section);
    anchors.push(next === undefined ? { line: last.line + 1, top: end } : sectionAnchor(next));
    const above = findLast(anchors.slice(0, -1), isBefore) ?? anchors[0] ?? last;
    return [above, anchors[anchors.indexOf(above) + 1] ?? above];
  }
}

/** A place that is known both in the source and on the page. */
interface Anchor {
  readonly line: number;
  readonly top: number;
}

function sectionAnchor({ element, blocks }: Section): Anchor {
  return { line: blocks[0]?.line ?? 0, top: element.getBoundingClientRect().top };
}

function anchorsOf(section: Section): Anchor[] {
  const anchors: Anchor[] = [];
  let last = -1;
  const add = (line: number, element: Element) => {
    // Footnotes stand at the end, whatever their lines; and what is noted may be forged.
    if (line <= last) return;
    last = line;
    anchors.push({ line, top: element.getBoundingClientRect().top });
  };
  for (const { element, line } of section.blocks) {
    if (element === undefined) continue;
    add(line, element);
    for (const noted of element.querySelectorAll<HTMLElement>("[data-line]"))
      add(line + Number(noted.dataset.line), noted);
  }
  return anchors.length === 0 ? [sectionAnchor(section)] : anchors;
}

/** The last of `items`, which `holds` holds for first and then no more. */
function findLast<Item>(items: readonly Item[], holds: (item: Item) => boolean): Item | undefined {
  let [from, to] = [0, items.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) from = middle + 1;
    else to = middle;
  }
  return items[from - 1];
}
