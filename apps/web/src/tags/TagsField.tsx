import { X } from "lucide-react";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { strings } from "../ui/strings";
import { suggestTags } from "./suggest-tags";
import { tagChipLook } from "./tag-chip-look";
import { enterTags, type TagEntry } from "./tag-entry";
import { useTags } from "./useTags";

interface TagsFieldProps {
  readonly tags: readonly string[];
  readonly onChange: (tags: readonly string[]) => void;
  /** Enter, where nothing is left to be added. */
  readonly onDone: () => void;
}

/** Tags, and a field to type more of them into, with those in use below it. */
export function TagsField({ tags, onChange, onDone }: TagsFieldProps) {
  const known = useTags().data?.map(({ tag }) => tag) ?? [];
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<TagEntry["fault"]>();
  const [said, say] = useState("");
  /** Of the suggestions; -1 for none. */
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const suggestions = suggestTags(known, tags, typed);
  const suggestion = suggestions[active];

  /** @param tail what comes behind it, and is not to be added yet */
  const enter = (text: string, tail = "") => {
    const entry = enterTags(tags, text, known);
    const added = entry.tags.slice(tags.length);
    if (added.length > 0) {
      onChange(entry.tags);
      say(strings.tags.added(added.join(", ")));
    }
    setFault(entry.fault);
    setTyped(entry.rest === "" ? tail : entry.rest);
    setActive(-1);
  };
  const remove = (tag: string) => {
    onChange(tags.filter((other) => other !== tag));
    say(strings.tags.removed(tag));
    setFault(undefined);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const last = tags.at(-1);
    if (event.key === "Enter") {
      if (suggestion !== undefined) enter(suggestion);
      else if (typed.trim() === "") onDone();
      else enter(typed);
    } else if (event.key === "Backspace" && typed === "" && last !== undefined) remove(last);
    else if (event.key === "ArrowDown" && suggestions.length > 0)
      setActive((active + 1) % suggestions.length);
    else if (event.key === "ArrowUp" && suggestions.length > 0)
      setActive(active <= 0 ? suggestions.length - 1 : active - 1);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className="flex flex-wrap gap-1.5 rounded-control border border-line-strong bg-paper p-1.5 outline-ink has-[input:focus]:outline-2">
        {tags.length > 0 && (
          <ul aria-label={strings.tags.heading} className="contents">
            {tags.map((tag) => (
              <li key={tag} className={`${tagChipLook} text-ink`}>
                <bdi className="truncate pl-2.5" title={tag}>
                  {tag}
                </bdi>
                <button
                  type="button"
                  aria-label={strings.tags.remove(tag)}
                  onClick={() => remove(tag)}
                  className="grid size-6 shrink-0 place-items-center rounded-full text-ink-faint hover:bg-line hover:text-ink pointer-coarse:size-8"
                >
                  <X aria-hidden size={14} strokeWidth={1.75} />
                </button>
              </li>
            ))}
          </ul>
        )}
        <input
          ref={input}
          role="combobox"
          aria-label={strings.tags.add}
          aria-autocomplete="list"
          aria-expanded={suggestions.length > 0}
          aria-controls={suggestions.length > 0 ? `${id}-list` : undefined}
          aria-activedescendant={suggestion === undefined ? undefined : `${id}-${active}`}
          aria-invalid={fault !== undefined}
          aria-describedby={`${id}-fault`}
          placeholder={tags.length === 0 ? strings.tags.add : ""}
          // biome-ignore lint/a11y/noAutofocus: typing tags is what the dialog was opened for
          autoFocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="auto"
          value={typed}
          onChange={({ target: { value } }) => {
            const comma = value.lastIndexOf(",");
            if (comma >= 0) return enter(value.slice(0, comma), value.slice(comma + 1).trimStart());
            setTyped(value);
            setFault(undefined);
            setActive(-1);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => enter(typed)}
          className="h-6 min-w-24 grow bg-transparent px-1.5 text-base outline-none placeholder:text-ink-faint sm:text-sm pointer-coarse:h-8"
        />
      </div>
      <p id={`${id}-fault`} role="alert" className="min-h-6 pt-1 text-sm text-warn">
        {fault !== undefined && strings.tags.faults[fault]}
      </p>
      <p role="status" className="sr-only">
        {said}
      </p>
      {/* As high as when it is full: nothing moves while one types. */}
      <div className="min-h-72 pointer-coarse:min-h-88">
        {suggestions.length > 0 && (
          <div id={`${id}-list`} role="listbox" aria-label={strings.tags.suggestions}>
            {suggestions.map((tag, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
              <div
                key={tag}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                tabIndex={-1}
                // The focus stays in the field.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => enter(tag)}
                className="flex h-9 cursor-default select-none items-center rounded-control px-2.5 text-sm hover:bg-hover aria-selected:bg-hover pointer-coarse:h-11"
              >
                <bdi className="truncate">{tag}</bdi>
              </div>
            ))}
          </div>
        )}
      </div>
    </>
  );
}
