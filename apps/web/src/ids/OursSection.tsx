import { words } from "./words";

/** Which scheme this system uses for what, and why. */
export function OursSection() {
  const { table, columns, rows, secret, clock } = words.ours;
  return (
    <section id="ours" aria-labelledby="ours-heading" className="flex flex-col gap-4">
      <h2 id="ours-heading" className="font-semibold text-lg">
        {words.sections.ours}
      </h2>
      <table className="w-full text-sm">
        <caption className="sr-only">{table}</caption>
        <thead className="text-left text-ink-faint text-xs">
          <tr>
            {[columns.what, columns.scheme, columns.why].map((column) => (
              <th key={column} className="py-1 pr-3 font-normal">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ what, scheme, why }) => (
            <tr key={what} className="border-line border-t align-top">
              <th scope="row" className="py-1.5 pr-3 text-left font-medium">
                {what}
              </th>
              <td className="py-1.5 pr-3">{scheme}</td>
              <td className="py-1.5 text-pretty">{why}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="text-sm text-pretty">{clock}</p>
      <p className="text-sm text-pretty">{secret}</p>
    </section>
  );
}
