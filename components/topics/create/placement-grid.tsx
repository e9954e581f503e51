import { cn } from "#components/ui/cn.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import type { BrokerSummary } from "#lib/contracts/brokers.ts";
import { formatCount } from "#lib/format.ts";

interface PlacementGridProps {
  /** By partition: its brokers, the leader first. */
  placement: readonly (readonly number[])[];
  brokers: readonly Pick<BrokerSummary, "id" | "rack" | "state">[];
  /** False when it is what was asked for, not one of many ways. */
  possible: boolean;
}

/** More partitions than this are told, not drawn. */
const DRAWN = 24;
const LABEL_WIDTH = 112;
const WIDEST_CELL = 44;

/** Which broker would hold which partition: a row a broker, a column a partition. */
export function PlacementGrid({ placement, brokers, possible }: PlacementGridProps) {
  const drawn = placement.slice(0, DRAWN);
  const narrow = drawn.length > 12;
  return (
    <section aria-label={possible ? "A possible placement" : "The placement asked for"}>
      <div className="mb-1 flex flex-wrap items-baseline gap-x-3">
        <h3>{possible ? "A possible placement" : "The placement asked for"}</h3>
        {possible && <span className="text-12 text-ink-3">Kafka decides at creation</span>}
        <span aria-hidden className="ml-auto flex items-center gap-3 text-12 text-ink-3">
          <Key className="bg-accent">leader</Key>
          <Key className="bg-mark">follower</Key>
        </span>
      </div>
      <table
        style={{ maxWidth: LABEL_WIDTH + drawn.length * WIDEST_CELL }}
        className="-mx-[3px] w-[calc(100%+6px)] table-fixed border-separate border-spacing-x-[3px] border-spacing-y-[3px] text-12"
      >
        <colgroup>
          <col className="w-28" />
          {drawn.map((_, partition) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a partition is its number
            <col key={partition} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <th scope="col" className="sr-only">
              Broker
            </th>
            {drawn.map((_, partition) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a partition is its number
              <th key={partition} scope="col" className="p-0 text-center font-regular text-11 leading-4 text-ink-3">
                <span className="sr-only">Partition </span>
                <span
                  aria-hidden={narrow && partition % 2 === 1}
                  className={cn(narrow && partition % 2 === 1 && "opacity-0")}
                >
                  {partition}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {brokers.map((broker) => (
            <tr key={broker.id}>
              <th scope="row" className="truncate p-0 text-left font-regular leading-4">
                <span className="flex items-center gap-1.5">
                  {broker.state !== "up" && (
                    <Glyph shape={broker.state === "down" ? "octagon" : "triangle"} className="size-3" />
                  )}
                  <span
                    className={cn(broker.state === "down" && "text-crit", broker.state === "fenced" && "text-warn")}
                  >
                    Broker {broker.id}
                  </span>
                  <span className="truncate text-ink-3">{broker.state === "up" ? broker.rack : broker.state}</span>
                </span>
              </th>
              {drawn.map((replicas, partition) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a partition is its number
                <Cell key={partition} place={replicas.indexOf(broker.id)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {placement.length > DRAWN && (
        <p className="mt-1 text-12 text-ink-3">
          Partitions {DRAWN} to {formatCount(placement.length - 1)} go on the same way.
        </p>
      )}
    </section>
  );
}

function Cell({ place }: { place: number }) {
  return (
    <td className="h-4 p-0">
      <span
        className={cn(
          "block h-4 rounded-[1px]",
          place === 0 ? "bg-accent" : place > 0 ? "bg-mark" : "shadow-[inset_0_-1px_0_var(--line)]",
        )}
      >
        <span className="sr-only">{place === 0 ? "leader" : place > 0 ? "follower" : "none"}</span>
      </span>
    </td>
  );
}

function Key({ className, children }: { className: string; children: React.ReactNode }) {
  return (
    <span className="flex items-center gap-1.5">
      <span className={cn("size-2.5", className)} />
      {children}
    </span>
  );
}
