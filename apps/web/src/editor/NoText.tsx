import type { ConnectionStatus } from "@scriptorium/provider";
import { closedExplanation } from "../collaboration/status-label";
import { HomeLink } from "../ui/HomeLink";
import { Notice } from "../ui/Notice";
import { strings } from "../ui/strings";
import type { PageState } from "./page-state";

interface NoTextProps {
  readonly page: Exclude<PageState, "writing" | "loading">;
  readonly status: ConnectionStatus;
}

/** Why there is no text to show. */
export function NoText({ page, status }: NoTextProps) {
  return (
    <Notice {...explain(page, status)}>
      <HomeLink />
    </Notice>
  );
}

function explain(page: NoTextProps["page"], status: ConnectionStatus): { title: string; text: string } {
  switch (page) {
    case "missing":
      return strings.missing;
    case "deleted":
      return strings.gone;
    case "unreachable":
      return strings.unreachable;
    case "refused": {
      const reason = status.state === "closed" ? closedExplanation(status.code, status.reason).reason : "";
      return { title: strings.refused.title, text: reason };
    }
  }
}
