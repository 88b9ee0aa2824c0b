import { Command } from "cmdk";
import { Check } from "lucide-react";
import { Dialog } from "radix-ui";
import { type ReactNode, useRef, useState } from "react";
import { rankGroups } from "./rank-groups";
import { strings } from "./strings";
import { useFocusBefore } from "./useFocusBefore";

export interface PickerItem {
  /** Unlike any other's in the dialog. */
  readonly id: string;
  readonly label: string;
  /** Other words that find it. */
  readonly keywords?: readonly string[];
  /** What stands at the right end. */
  readonly detail?: ReactNode;
  /** Whether this is what is chosen now. */
  readonly current?: boolean;
  readonly onChoose: () => void;
}

export interface PickerGroup {
  readonly heading?: string;
  readonly items: readonly PickerItem[];
}

interface PickerDialogProps {
  /** What is being chosen; the name of the dialog and of its list. */
  readonly label: string;
  readonly placeholder: string;
  readonly groups: readonly PickerGroup[];
  /** What is said where there is nothing to choose. Default: that nothing matches. */
  readonly nothing?: string;
  /** Told what is looked for, for those who fetch more items. */
  readonly onSearch?: (text: string) => void;
  readonly onClose: () => void;
  /** Where the focus goes when something has been chosen. */
  readonly focusAfter: () => void;
}

/** Finds one among many by a few letters. Mounted while it is open; loaded when it is first needed. */
export function PickerDialog({
  label,
  placeholder,
  groups,
  nothing = strings.picker.nothing,
  onSearch,
  onClose,
  focusAfter,
}: PickerDialogProps) {
  const chosen = useRef<PickerItem>(undefined);
  const current = groups.flatMap(({ items }) => items).find((item) => item.current);
  const [search, setSearch] = useState("");
  const focusBefore = useFocusBefore();
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-veil" />
        <Dialog.Content
          aria-describedby={undefined}
          // What is chosen is done once the focus is back where it is to be done.
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (chosen.current === undefined && focusBefore()) return;
            focusAfter();
            chosen.current?.onChoose();
          }}
          className="float-panel fixed inset-x-3 top-3 z-50 mx-auto flex max-h-[min(32rem,calc(100dvh-1.5rem))] max-w-xl flex-col overflow-hidden sm:top-[12vh] sm:max-h-[min(32rem,76dvh)]"
        >
          <Dialog.Title className="sr-only">{label}</Dialog.Title>
          <Command
            label={label}
            loop
            shouldFilter={false}
            {...(current !== undefined && { defaultValue: current.id })}
            className="flex min-h-0 flex-col"
          >
            <Command.Input
              dir="auto"
              placeholder={placeholder}
              value={search}
              maxLength={200}
              onValueChange={(text) => {
                setSearch(text);
                onSearch?.(text);
              }}
              className="h-13 w-full shrink-0 border-line border-b bg-transparent px-4 text-base outline-none placeholder:text-ink-faint"
            />
            <Command.List
              label={label}
              className="min-h-0 grow overflow-y-auto overscroll-contain p-1.5 [scroll-padding-block:0.375rem]"
            >
              <Command.Empty className="px-3 py-6 text-center text-ink-soft text-sm">{nothing}</Command.Empty>
              {rankGroups(groups, search).map(({ heading, items }) => (
                <Command.Group
                  key={heading ?? ""}
                  heading={heading}
                  className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-ink-faint [&_[cmdk-group-heading]]:text-xs"
                >
                  {items.map((item) => (
                    <Command.Item
                      key={item.id}
                      value={item.id}
                      onSelect={() => {
                        chosen.current = item;
                        onClose();
                      }}
                      className="flex min-h-9 cursor-default select-none items-center gap-3 rounded-control px-2.5 py-1 text-sm data-[selected=true]:bg-hover pointer-coarse:min-h-11"
                    >
                      <span dir="auto" className="min-w-0 grow truncate text-left">
                        {item.label}
                      </span>
                      {item.current && (
                        <>
                          <span className="sr-only">{strings.picker.current}</span>
                          <Check aria-hidden size={16} strokeWidth={2} className="shrink-0" />
                        </>
                      )}
                      {item.detail}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
