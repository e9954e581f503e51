import Link from "next/link";
import { Glyph } from "#components/ui/glyph.tsx";
import type { PartitionDetail } from "#lib/contracts/topics.ts";
import { brokerHref } from "#lib/hrefs.ts";
import { type ReplicaState, replicaState } from "./partition-state.ts";

const words: Record<ReplicaState, string> = {
  leader: "leads",
  "in-sync": "in sync",
  behind: "not in sync",
  offline: "offline",
};

/** A broker id is a digit or two: its target is a square of at least 24 px all the same. */
const targetStyle = "inline-grid h-6 min-w-6 place-items-center rounded-1 px-1";

/** A partition's brokers in the order of the assignment; one that isn't in sync has a shape, a colour and a line through it. */
export function ReplicaList({ partition, cluster }: { partition: PartitionDetail; cluster: string }) {
  return (
    <ul className="-ml-2 flex items-center">
      {partition.replicas.map((id) => {
        const state = replicaState(partition, id);
        const missing = state === "behind" || state === "offline";
        return (
          <li key={id} title={`broker ${id}: ${words[state]}`} className="flex items-center">
            {missing && <Glyph shape={state === "offline" ? "octagon" : "triangle"} className="size-3" />}
            <Link
              href={brokerHref(cluster, id)}
              aria-label={`Broker ${id}, ${words[state]}`}
              prefetch={false}
              className={
                missing
                  ? `${targetStyle} ${state === "offline" ? "text-crit" : "text-warn"} line-through hover:text-accent`
                  : state === "leader"
                    ? `${targetStyle} font-semibold hover:text-accent hover:underline`
                    : `${targetStyle} text-ink-2 hover:text-accent hover:underline`
              }
            >
              {id}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
