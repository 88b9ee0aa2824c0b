import {
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  replaceAll,
  replaceNext,
  SearchQuery,
  selectMatches,
  setSearchQuery,
} from "@codemirror/search";
import type { Text } from "@codemirror/state";
import { type EditorView, type Panel, runScopeHandlers, type ViewUpdate } from "@codemirror/view";
import { strings } from "../ui/strings";
import { countMatches, type MatchCount } from "./match-count";
import { mayBeSlow } from "./pattern-kind";
import { PatternProbe } from "./pattern-probe";
import ProbeWorker from "./probe-worker?worker";

/** How long the text must be left alone before what is found in it is counted anew. */
const restMs = 120;

const switches = ["caseSensitive", "wholeWord", "regexp"] as const;
type Switch = (typeof switches)[number];

/** Finding and replacing, above the text: fields, switches, and how many there are. */
export class SearchPanel implements Panel {
  readonly top = true;
  readonly dom = document.createElement("search");
  readonly #view: EditorView;
  readonly #find = field("search", strings.search.find);
  readonly #replace = field("replace", strings.search.replaceBy);
  readonly #count = document.createElement("span");
  readonly #switches: Readonly<Record<Switch, HTMLButtonElement>>;
  readonly #probe = new PatternProbe(() => new ProbeWorker());
  /** What was tried last, and came to an end. */
  #tried: { readonly query: SearchQuery; readonly doc: Text } | undefined;
  /** What is being tried: keys and buttons wait for it. */
  #trying: Promise<void> | undefined;
  /** Whether what the field holds would keep the page busy: the editor is not told of it. */
  #isTooSlow = false;
  #counting: ReturnType<typeof setTimeout> | undefined;

  constructor(view: EditorView) {
    this.#view = view;
    const toggle = (name: string, label: string, sign: string) => {
      const button = control(name, label, sign, () => {
        button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
        this.#commit();
      });
      return button;
    };
    this.#switches = {
      caseSensitive: toggle("case", strings.search.matchCase, "Aa"),
      wholeWord: toggle("word", strings.search.wholeWords, "ab|"),
      regexp: toggle("re", strings.search.pattern, ".*"),
    };
    this.#find.setAttribute("main-field", "true");
    this.#count.className = "cm-search-count";
    this.#count.role = "status";
    this.dom.className = "cm-search";
    this.dom.append(this.#findRow(), ...(view.state.readOnly ? [] : [this.#replaceRow()]));
    this.dom.addEventListener("keydown", this.#onKeyDown);
    for (const input of [this.#find, this.#replace]) input.addEventListener("input", () => this.#commit());
    this.#show(getSearchQuery(view.state));
  }

  mount(): void {
    this.#find.select();
    this.#recount(0);
  }

  update({ transactions, docChanged, selectionSet, startState, state }: ViewUpdate): void {
    const query = getSearchQuery(state);
    if (transactions.some(({ effects }) => effects.some((effect) => effect.is(setSearchQuery)))) {
      this.#show(query);
    }
    if (this.#isTooSlow) return;
    if (!query.eq(getSearchQuery(startState))) this.#recount(0);
    else if (docChanged || selectionSet) this.#recount(restMs);
  }

  destroy(): void {
    clearTimeout(this.#counting);
    this.#probe.destroy();
  }

  #findRow(): HTMLElement {
    const { caseSensitive, wholeWord, regexp } = this.#switches;
    const find = group(this.#find, caseSensitive, wholeWord, regexp);
    find.classList.add("cm-search-field");
    return group(
      find,
      this.#count,
      control("prev", strings.search.previous, "↑", () => this.#run(findPrevious)),
      control("next", strings.search.next, "↓", () => this.#run(findNext)),
      control("select", strings.search.selectAll, strings.search.all, () =>
        this.#run((view) => {
          selectMatches(view);
          view.focus();
        }),
      ),
      control("close", strings.search.close, "×", () => closeSearchPanel(this.#view)),
    );
  }

  #replaceRow(): HTMLElement {
    const replace = group(this.#replace);
    replace.classList.add("cm-search-field");
    return group(
      replace,
      control("replace", strings.search.replace, strings.search.replace, () => this.#run(replaceNext)),
      control("replaceAll", strings.search.replaceAll, strings.search.replaceAll, () =>
        this.#run(replaceAll),
      ),
    );
  }

  #commit(): void {
    const pressed = (name: Switch) => this.#switches[name].getAttribute("aria-pressed") === "true";
    const query = new SearchQuery({
      search: this.#find.value,
      replace: this.#replace.value,
      caseSensitive: pressed("caseSensitive"),
      regexp: pressed("regexp"),
      wholeWord: pressed("wholeWord"),
    });
    this.#isTooSlow = false;
    this.#probe.cancel();
    if (query.eq(getSearchQuery(this.#view.state))) this.#recount(0);
    else this.#unlessTooSlow(query, () => this.#view.dispatch({ effects: setSearchQuery.of(query) }));
  }

  /** Does `act` at once, or when `query` has come to an end in today's text elsewhere. */
  #unlessTooSlow(query: SearchQuery, act: () => void): void {
    const { doc } = this.#view.state;
    const isTried = this.#tried?.doc === doc && this.#tried.query.eq(query);
    if (isTried || !query.regexp || !query.valid || !mayBeSlow(query.search)) {
      act();
      return;
    }
    const { search: pattern, caseSensitive } = query;
    const trying = this.#probe.try({ pattern, caseSensitive, text: doc.sliceString(0) }).then((result) => {
      if (this.#trying === trying) this.#trying = undefined;
      if (result === "tooSlow") this.#refuse();
      if (result !== "fine") return;
      this.#tried = { query, doc };
      act();
    });
    this.#trying = trying;
  }

  /** The editor looks for nothing then: it would not come to an end, and the page with it. */
  #refuse(): void {
    clearTimeout(this.#counting);
    this.#isTooSlow = true;
    this.#view.dispatch({ effects: setSearchQuery.of(new SearchQuery({ search: "" })) });
    this.#write(strings.search.tooSlow);
  }

  #run(command: (view: EditorView) => unknown): void {
    if (this.#trying === undefined) this.#runNow(command);
    else void this.#trying.then(() => this.#runNow(command));
  }

  #runNow(command: (view: EditorView) => unknown): void {
    if (!this.#isTooSlow) command(this.#view);
  }

  #show(query: SearchQuery): void {
    // The field keeps what was refused.
    if (this.#isTooSlow) return;
    if (this.#find.value !== query.search) this.#find.value = query.search;
    if (this.#replace.value !== query.replace) this.#replace.value = query.replace;
    for (const name of switches) {
      this.#switches[name].setAttribute("aria-pressed", String(query[name]));
    }
    this.#find.setAttribute("aria-invalid", String(query.search !== "" && !query.valid));
  }

  readonly #onKeyDown = (event: KeyboardEvent) => {
    if (runScopeHandlers(this.#view, event, "search-panel")) event.preventDefault();
    else if (event.key === "Enter" && !event.isComposing && event.target === this.#find) {
      event.preventDefault();
      this.#run(event.shiftKey ? findPrevious : findNext);
    } else if (event.key === "Enter" && !event.isComposing && event.target === this.#replace) {
      event.preventDefault();
      this.#run(replaceNext);
    }
  };

  /** Counts anew after `delayMs`, a slice per task, so that typing and scrolling go on meanwhile. */
  #recount(delayMs: number): void {
    clearTimeout(this.#counting);
    if (this.#isTooSlow) return;
    const count = () => {
      const counting = countMatches(getSearchQuery(this.#view.state), this.#view.state);
      const step = () => {
        const { done, value } = counting.next();
        if (!done) this.#counting = setTimeout(step);
        // What is known on the way would flicker.
        else this.#tell(value);
      };
      step();
    };
    // Somebody may have written what the pattern comes to no end in.
    const begin = () => {
      if (this.#trying === undefined) this.#unlessTooSlow(getSearchQuery(this.#view.state), count);
      else void this.#trying.then(() => this.#recount(0));
    };
    this.#counting = setTimeout(begin, delayMs);
  }

  #tell(count: MatchCount): void {
    const { search, valid } = getSearchQuery(this.#view.state);
    this.#write(search === "" ? "" : valid ? strings.search.count(count) : strings.search.invalid);
  }

  #write(text: string): void {
    if (this.#count.textContent !== text) this.#count.textContent = text;
  }
}

function field(name: string, label: string): HTMLInputElement {
  const input = document.createElement("input");
  input.name = name;
  input.dir = "auto";
  input.className = "cm-textfield";
  input.placeholder = label;
  input.setAttribute("aria-label", label);
  input.autocomplete = "off";
  input.spellcheck = false;
  input.setAttribute("autocapitalize", "off");
  return input;
}

function control(name: string, label: string, sign: string, onClick: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.name = name;
  button.className = "cm-button";
  if (sign === label) button.textContent = label;
  else {
    button.ariaLabel = label;
    button.title = label;
    // For the eye only: the style sheet draws it.
    button.dataset.sign = sign;
  }
  button.addEventListener("click", onClick);
  return button;
}

function group(...children: readonly HTMLElement[]): HTMLElement {
  const element = document.createElement("div");
  element.append(...children);
  return element;
}
