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

/** A partition's brokers in the order of the assignment; one that isn't in sync has a shape, a colour and a line through it. */
export function ReplicaList({ partition, cluster }: { partition: PartitionDetail; cluster: string }) {
  return (
    <ul className="flex items-center gap-2.5">
      {partition.replicas.map((id) => {
        const state = replicaState(partition, id);
        const missing = state === "behind" || state === "offline";
        return (
          <li key={id} title={`broker ${id}: ${words[state]}`} className="flex items-center gap-1">
            {missing && <Glyph shape={state === "offline" ? "octagon" : "triangle"} className="size-3" />}
            <Link
              href={brokerHref(cluster, id)}
              prefetch={false}
              className={
                missing
                  ? `${state === "offline" ? "text-crit" : "text-warn"} line-through hover:text-accent`
                  : state === "leader"
                    ? "font-semibold hover:text-accent hover:underline"
                    : "text-ink-2 hover:text-accent hover:underline"
              }
            >
              <span className="sr-only">Broker </span>
              {id}
              <span className="sr-only">, {words[state]}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
