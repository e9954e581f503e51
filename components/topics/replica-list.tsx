import { Glyph } from "#components/ui/glyph.tsx";
import type { PartitionDetail } from "#lib/contracts/topics.ts";
import { type ReplicaState, replicaState } from "./partition-state.ts";

const words: Record<ReplicaState, string> = {
  leader: "leads",
  "in-sync": "in sync",
  behind: "not in sync",
  offline: "offline",
};

const styles: Record<ReplicaState, string> = {
  leader: "font-semibold",
  "in-sync": "text-ink-2",
  behind: "text-warn line-through",
  offline: "text-crit line-through",
};

/**
 * A partition's brokers in the order of the assignment; one that isn't in sync has a shape, a colour and a line through
 * it. Not links: thirty rows of them would stand in the way of whoever moves by keyboard.
 */
export function ReplicaList({ partition }: { partition: PartitionDetail }) {
  return (
    <ul className="flex items-center">
      {partition.replicas.map((id) => {
        const state = replicaState(partition, id);
        return (
          <li key={id} title={`broker ${id}: ${words[state]}`} className="flex min-w-9 items-center gap-1 pr-2">
            <span>
              <span className="sr-only">Broker </span>
              <span className={styles[state]}>{id}</span>
              <span className="sr-only">, {words[state]}</span>
            </span>
            {(state === "behind" || state === "offline") && (
              <Glyph shape={state === "offline" ? "octagon" : "triangle"} className="size-3" />
            )}
          </li>
        );
      })}
    </ul>
  );
}
