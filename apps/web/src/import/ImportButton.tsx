import { Upload } from "lucide-react";
import { useRef } from "react";
import { Button } from "../ui/Button";
import { strings } from "../ui/strings";

/** Chooses files to import. Any kind can be chosen: what is no text says so. */
export function ImportButton({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => input.current?.click()}>
        <Upload aria-hidden size={16} strokeWidth={1.75} />
        {strings.import.button}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={strings.import.choose}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file can be chosen again.
          event.target.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
