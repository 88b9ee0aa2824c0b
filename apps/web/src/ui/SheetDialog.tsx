import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./IconButton";
import { strings } from "./strings";
import { useFocusBefore } from "./useFocusBefore";

interface SheetDialogProps {
  readonly title: string;
  readonly description: string;
  readonly onClose: () => void;
  /** Where the focus goes if what had it is gone. */
  readonly focusAfter: () => void;
  /** What stands below, at the end. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** Something to read or to set, over the page. Mounted while it is open. */
export function SheetDialog({ title, description, onClose, focusAfter, footer, children }: SheetDialogProps) {
  const focusBefore = useFocusBefore();
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-veil" />
        <Dialog.Content
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!focusBefore()) focusAfter();
          }}
          className="float-panel fixed inset-x-3 top-3 z-50 mx-auto flex max-h-[calc(100dvh-1.5rem)] max-w-xl flex-col overflow-hidden sm:top-[8vh] sm:max-h-[84vh]"
        >
          <header className="flex shrink-0 items-center justify-between gap-2 border-line border-b py-2 pr-2 pl-5">
            <Dialog.Title className="font-semibold">{title}</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label={strings.dialog.close}>
                <X aria-hidden size={18} strokeWidth={1.75} />
              </IconButton>
            </Dialog.Close>
          </header>
          {/* Scrolls by the keyboard, too. */}
          <section
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
            tabIndex={0}
            aria-label={title}
            className="min-h-0 grow overflow-y-auto overscroll-contain px-5 py-4 focus-visible:-outline-offset-2"
          >
            <Dialog.Description className="pb-3 text-ink-soft text-sm text-pretty">
              {description}
            </Dialog.Description>
            {children}
          </section>
          {footer !== undefined && (
            <footer className="flex shrink-0 justify-end gap-2 border-line border-t px-5 py-3">
              {footer}
            </footer>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
