import { useId, useState } from "react";
import { strings } from "../ui/strings";
import { Avatar } from "./Avatar";
import { nameLengthMax, type Person } from "./person";

interface NameFieldProps {
  readonly person: Person;
  readonly onRename: (name: string) => void;
}

/** One's own name, changed as it is typed. */
export function NameField({ person, onRename }: NameFieldProps) {
  const [draft, setDraft] = useState(person.name);
  const id = useId();
  return (
    <div className="grid grid-cols-[auto_1fr] items-center gap-x-3 gap-y-1.5">
      <Avatar person={person} />
      <div className="contents">
        <label htmlFor={id} className="sr-only">
          {strings.people.yourName}
        </label>
        <input
          dir="auto"
          id={id}
          value={draft}
          maxLength={nameLengthMax}
          autoComplete="off"
          spellCheck={false}
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            setDraft(event.target.value);
            onRename(event.target.value);
          }}
          onBlur={() => setDraft(person.name)}
          className="h-9 w-full rounded-control border border-line-strong bg-paper px-2.5 text-base focus-visible:outline-offset-0 sm:text-sm pointer-coarse:h-11"
        />
      </div>
      <p id={`${id}-hint`} className="col-start-2 text-ink-faint text-xs leading-4">
        {strings.people.nameHint}
      </p>
    </div>
  );
}
