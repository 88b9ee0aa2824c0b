import { useState } from "react";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { isServerThere } from "../../ui/is-server-there";
import { strings } from "../../ui/strings";
import type { ExportFormat } from "./export-format";

interface ExportFailedProps {
  readonly format: ExportFormat;
  /** Whether code is missing, which a new page may have; otherwise the text is not to be had in this format. */
  readonly isPartMissing: boolean;
  /** Hands over the text as it is. */
  readonly onDownload: () => void;
  readonly onClose: () => void;
}

/** Says what was not exported and why, and offers the text as it was written. */
export function ExportFailed({ format, isPartMissing, onDownload, onClose }: ExportFailedProps) {
  const [isUnreachable, setUnreachable] = useState(false);
  const texts = strings.markdown.exportFailed;
  const reason = isPartMissing ? texts.missing : texts.broken;
  const reload = async () => {
    if (await isServerThere()) window.location.reload();
    else setUnreachable(true);
  };
  return (
    <Banner
      role="alert"
      name={texts.name}
      warns
      text={`${texts.text(strings.markdown.formats[format])} ${isUnreachable ? strings.notLoaded.unreachable : reason}`}
    >
      {isPartMissing && <Button onClick={reload}>{strings.crash.reload}</Button>}
      <Button
        onClick={() => {
          onDownload();
          onClose();
        }}
      >
        {texts.asText}
      </Button>
      <Button onClick={onClose}>{strings.dialog.close}</Button>
    </Banner>
  );
}
