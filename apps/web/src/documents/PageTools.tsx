import { Languages } from "lucide-react";
import { useCallback, useRef, useState } from "react";
import { IconButton } from "../ui/IconButton";
import { onDemand } from "../ui/on-demand";
import { strings } from "../ui/strings";
import { ThemeSwitch } from "../ui/ThemeSwitch";
import { usePaletteKey } from "./usePaletteKey";

const DocumentsPalette = onDemand(() => import("./DocumentsPalette"));
const InterfaceLanguagePicker = onDemand(() => import("../interface-language/InterfaceLanguagePicker"));

interface PageToolsProps {
  /** Told in words of what could not be done. */
  readonly onProblem: (words: string) => void;
}

/** What is of the page and not of its documents: its language and its theme; and the palette, by its keys. */
export function PageTools({ onProblem }: PageToolsProps) {
  const [open, setOpen] = useState<"palette" | "interfaceLanguage">();
  const button = useRef<HTMLButtonElement>(null);
  usePaletteKey(useCallback(() => setOpen((now) => (now === "palette" ? undefined : "palette")), []));
  const dialog = {
    onClose: () => setOpen(undefined),
    onFailure: () => {
      setOpen(undefined);
      onProblem(strings.notLoaded.brief);
    },
    focusAfter: () => button.current?.focus(),
  };
  return (
    <div className="flex items-center gap-2">
      <IconButton
        ref={button}
        label={strings.interfaceLanguage.choose}
        aria-haspopup="dialog"
        onClick={() => setOpen("interfaceLanguage")}
      >
        <Languages aria-hidden size={17} strokeWidth={1.75} />
      </IconButton>
      <ThemeSwitch />
      {open === "palette" && (
        <DocumentsPalette
          onInterfaceLanguage={() => setOpen("interfaceLanguage")}
          onProblem={onProblem}
          {...dialog}
        />
      )}
      {open === "interfaceLanguage" && <InterfaceLanguagePicker {...dialog} />}
    </div>
  );
}
