import { CollisionOdds } from "./CollisionOdds";
import { IndexExperiment } from "./IndexExperiment";
import { schemeFacts } from "./schemes";
import { Throughput } from "./Throughput";
import { words } from "./words";

/** The schemes side by side: what is known of them, and what can be tried here. */
export function CompareSection() {
  const { table, columns, size, chance, holdsTime, holdsNone, orders } = words.compare;
  return (
    <section id="compare" aria-labelledby="compare-heading" className="flex flex-col gap-8">
      <h2 id="compare-heading" className="-mb-4 font-semibold text-lg">
        {words.sections.compare}
      </h2>
      <table className="w-full text-sm">
        <caption className="sr-only">{table}</caption>
        <thead className="text-left text-ink-faint text-xs">
          <tr>
            {[columns.scheme, columns.size, columns.chance].map((column) => (
              <th key={column} className="py-1 pr-3 font-normal">
                {column}
              </th>
            ))}
            <th className="py-1 pr-3 font-normal max-sm:hidden">{columns.time}</th>
            <th className="py-1 font-normal">{columns.order}</th>
          </tr>
        </thead>
        <tbody>
          {schemeFacts.map((facts) => (
            <tr key={facts.scheme} className="border-line border-t align-top">
              <th scope="row" className="py-1.5 pr-3 text-left font-medium">
                {words.schemes[facts.scheme].name}
              </th>
              <td className="py-1.5 pr-3">{size(facts.characters, facts.bytes)}</td>
              <td className="py-1.5 pr-3">{chance(facts.randomness?.bits ?? 0)}</td>
              <td className="py-1.5 pr-3 max-sm:hidden">{facts.holdsTime ? holdsTime : holdsNone}</td>
              <td className="py-1.5">{orders[facts.order]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <CollisionOdds />
      <IndexExperiment />
      <Throughput />
    </section>
  );
}
