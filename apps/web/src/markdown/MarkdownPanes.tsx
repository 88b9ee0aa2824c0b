import type { EditorView } from "@codemirror/view";
import { ListTree } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { IconButton } from "../ui/IconButton";
import { NotLoaded } from "../ui/NotLoaded";
import { onDemand } from "../ui/on-demand";
import { strings } from "../ui/strings";
import type { Outline } from "./outline/outline";
import { useJump } from "./outline/useJump";
import { useViewMode } from "./view/useViewMode";
import { ViewSwitch } from "./view/ViewSwitch";
import type { ViewMode } from "./view/view-mode";

const MarkdownTools = onDemand(() => import("./edit/MarkdownTools"));
const OutlinePanel = onDemand(() => import("./outline/OutlinePanel"));
const PreviewPane = onDemand(() => import("./preview/PreviewPane"));

interface MarkdownPanesProps {
  /** Undefined until the editor is there. */
  readonly view: EditorView | undefined;
  /** Whether the document is Markdown; of others there is the text alone. */
  readonly enabled: boolean;
  readonly mayWrite: boolean;
  /** Stable. Told of what stands on the page. */
  readonly onMode: (mode: ViewMode) => void;
  /** The text. Stays mounted in every mode. */
  readonly children: ReactNode;
}

/** The text and, where it is Markdown, the tools for it and its preview. */
export function MarkdownPanes({ view, enabled, mayWrite, onMode, children }: MarkdownPanesProps) {
  const { mode, isWide, changed, choose } = useViewMode(enabled);
  const [outlineShown, showOutline] = useState(false);
  const [outline, setOutline] = useState<Outline>();
  const { jump, onJumper } = useJump();
  useEffect(() => onMode(mode), [mode, onMode]);
  useEffect(() => {
    if (changed && mode === "text") view?.focus();
  }, [changed, mode, view]);
  return (
    <div className="absolute inset-0 flex flex-col">
      {enabled && (
        <div className="flex h-11 shrink-0 items-center justify-between gap-2 border-line border-b px-2 pointer-coarse:h-13 print:hidden">
          <div className="flex min-w-0 grow">
            {view !== undefined && mayWrite && mode !== "preview" && (
              <MarkdownTools view={view} ifFailed={<NotLoaded />} />
            )}
          </div>
          <IconButton
            label={strings.markdown.outline}
            aria-expanded={outlineShown}
            data-state={outlineShown ? "open" : "closed"}
            className="size-8"
            onClick={() => showOutline(!outlineShown)}
          >
            <ListTree aria-hidden size={17} strokeWidth={1.75} />
          </IconButton>
          <ViewSwitch mode={mode} isWide={isWide} onChoose={choose} />
        </div>
      )}
      <div className="relative flex min-h-0 grow">
        {enabled && outlineShown && view !== undefined && (
          <OutlinePanel
            whileLoading={<div className="hidden w-64 shrink-0 border-line border-r min-[52rem]:block" />}
            ifFailed={<NotLoaded />}
            view={view}
            shared={mode === "text" ? undefined : outline}
            jumpInPreview={mode === "preview" ? jump : undefined}
            onJump={() => {
              if (!isWide) showOutline(false);
            }}
            onClose={() => {
              showOutline(false);
              view.focus();
            }}
          />
        )}
        <div className={`relative min-w-0 basis-1/2 grow ${mode === "preview" ? "hidden" : ""}`}>
          {children}
        </div>
        {view !== undefined && mode !== "text" && (
          <div className={`relative min-w-0 basis-1/2 grow ${mode === "both" ? "border-line border-l" : ""}`}>
            <PreviewPane
              ifFailed={<NotLoaded />}
              view={view}
              mayWrite={mayWrite}
              autoFocus={changed && mode === "preview"}
              onOutline={setOutline}
              onJumper={onJumper}
            />
          </div>
        )}
      </div>
    </div>
  );
}
