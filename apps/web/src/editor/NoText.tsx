import { closedExplanation } from "../collaboration/status-label";
import type { Outage } from "../collaboration/useOutage";
import { HomeLink } from "../ui/HomeLink";
import { Notice } from "../ui/Notice";
import { strings } from "../ui/strings";
import type { PageState } from "./page-state";

interface NoTextProps {
  readonly page: Exclude<PageState, "writing" | "loading">;
  readonly outage: Outage | undefined;
}

/** Why there is no text to show. */
export function NoText({ page, outage }: NoTextProps) {
  return (
    <Notice {...explain(page, outage)}>
      <HomeLink />
    </Notice>
  );
}

function explain(page: NoTextProps["page"], outage: Outage | undefined): { title: string; text: string } {
  switch (page) {
    case "missing":
      return strings.missing;
    case "deleted":
      return strings.gone;
    case "unreachable":
      return strings.unreachable;
    case "refused": {
      const reason = outage?.state === "closed" ? closedExplanation(outage.code, outage.reason).reason : "";
      return { title: strings.refused.title, text: reason };
    }
  }
}
