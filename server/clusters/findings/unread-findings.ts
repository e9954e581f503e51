import type { MissingPart } from "#lib/contracts/kafka.ts";
import type { ClusterView } from "../cluster-view.ts";
import { listed } from "../words.ts";
import type { Finding } from "./finding.ts";

const MOST_NAMED = 4;

/** What this look could not see. What a broker that is down takes with it is told by that broker's own finding. */
export function unreadFindings({ missing, brokers }: ClusterView): Finding[] {
  const away = new Set(brokers.filter(({ state }) => state !== "up").map(({ id }) => id));
  const unread = missing.filter(({ brokerId }) => brokerId === undefined || !away.has(brokerId));
  const reasons = new Map<string, MissingPart[]>();
  for (const part of unread) reasons.set(part.code, [...(reasons.get(part.code) ?? []), part]);
  return [...reasons].map(([code, parts]) => ({
    key: `unread:${code}`,
    kind: "unread",
    severity: "info",
    title: [
      code === "kafka-forbidden" ? "This user may not see everything: " : "Not everything could be read: ",
      ...listed(
        parts.map(({ part }) => part),
        MOST_NAMED,
      ),
      ".",
    ],
    detail: [[...new Set(parts.map(({ detail }) => detail))].slice(0, MOST_NAMED).join(" ")],
    target: null,
  }));
}
