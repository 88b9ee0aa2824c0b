import { palette } from "../collaboration/palette";
import { paletteStyle } from "../collaboration/palette-style";
import { strings } from "../ui/strings";

const dotsMax = 3;

/** "2 editing", with as many dots. Keeps its column when nobody is. */
export function EditingBadge({ editors }: { readonly editors: number }) {
  if (editors === 0) return <span />;
  return (
    <span className="row-span-2 inline-flex items-center gap-2 justify-self-end text-ink-soft text-sm tabular-nums sm:row-span-1">
      <span aria-hidden className="flex">
        {palette.slice(0, Math.min(editors, dotsMax)).map((colour) => (
          <span
            key={colour.name}
            style={paletteStyle(colour)}
            className="person person-fill -ml-0.5 size-2.5 rounded-full ring-2 ring-paper"
          />
        ))}
      </span>
      {strings.documents.editing(editors)}
    </span>
  );
}
