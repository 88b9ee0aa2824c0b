import { onDemand } from "../ui/on-demand";
import { strings } from "../ui/strings";

const ImportPanel = onDemand(() => import("./ImportPanel"));

interface ImportProps {
  /** Undefined while there is nothing to import. */
  readonly files: readonly File[] | undefined;
  readonly isOver: boolean;
  readonly onClose: () => void;
  /** The code that imports cannot be had. */
  readonly onFailure: () => void;
}

/** Where files can be dropped, while some are held over the page; and what becomes of those that were. */
export function Import({ files, isOver, onClose, onFailure }: ImportProps) {
  return (
    <>
      {isOver && (
        <div className="pointer-events-none fixed inset-3 z-50 grid place-items-center rounded-2xl border-2 border-line-strong border-dashed bg-paper/90 font-semibold text-lg">
          {strings.import.drop}
        </div>
      )}
      {files !== undefined && <ImportPanel files={files} onClose={onClose} onFailure={onFailure} />}
    </>
  );
}
