import type { ConnectionStatus } from "@scriptorium/provider";
import { useEffect, useRef, useState } from "react";
import { statusLabel } from "./status-label";

/**
 * Tells screen readers of losing the connection, of getting it back, and of a final close; not of each edit that is
 * saved, which would talk over the writer.
 */
export function StatusAnnouncer({ status }: { readonly status: ConnectionStatus }) {
  const [announcement, setAnnouncement] = useState("");
  const interrupted = useRef(false);
  const { state } = status;
  const { text } = statusLabel(status);
  useEffect(() => {
    if (state === "offline" || state === "closed") {
      if (!interrupted.current) setAnnouncement(text);
      interrupted.current = true;
    } else if (state === "saved" && interrupted.current) {
      interrupted.current = false;
      setAnnouncement(text);
    }
  }, [state, text]);
  return (
    <p aria-live="polite" className="sr-only">
      {announcement}
    </p>
  );
}
