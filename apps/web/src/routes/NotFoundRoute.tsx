import { HomeLink } from "../ui/HomeLink";
import { Notice } from "../ui/Notice";
import { strings } from "../ui/strings";

export function NotFoundRoute() {
  return (
    <Notice title={strings.notFound.title} text={strings.notFound.text}>
      <HomeLink />
    </Notice>
  );
}
