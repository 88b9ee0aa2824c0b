import type { Permission } from "@scriptorium/provider";
import { Banner } from "../ui/Banner";
import { strings } from "../ui/strings";

/** The text can be read and not be changed: why. */
export function ReadOnlyBanner({ code, reason }: Pick<Permission, "code" | "reason">) {
  const { text: unexplained, because, codes } = strings.readOnly;
  // The server speaks English: what it has a word for is said in the language of the page.
  const known: Readonly<Record<string, string>> = codes;
  const cause = (code !== undefined && known[code]) || reason;
  const text = cause ? because(cause) : unexplained;
  return <Banner role="status" name={strings.readOnly.name} warns text={text} />;
}
