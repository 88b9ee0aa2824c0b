import { Banner } from "../ui/Banner";
import { strings } from "../ui/strings";

/** The text can be read and not be changed: why. */
export function ReadOnlyBanner({ reason }: { readonly reason: string | undefined }) {
  const text = reason === undefined ? strings.readOnly.text : strings.readOnly.because(reason);
  return <Banner role="status" name={strings.readOnly.name} warns text={text} />;
}
