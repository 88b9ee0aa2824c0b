import { strings } from "../ui/strings";

const widths = ["w-56", "w-40", "w-64", "w-48", "w-32"];

/** Rows as high as the real ones, for a list that is slow to come. */
export function DocumentListSkeleton() {
  return (
    <div role="progressbar" aria-label={strings.documents.loading} className="border-line border-t">
      {widths.map((width) => (
        <div key={width} className="flex h-15.25 items-center justify-between border-line border-b">
          <span className={`h-3 rounded-full bg-sunken ${width}`} />
          <span className="h-3 w-20 rounded-full bg-sunken" />
        </div>
      ))}
    </div>
  );
}
