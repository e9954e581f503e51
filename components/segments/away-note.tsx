"use client";
import { useZone } from "#components/preferences/preferences.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useNow } from "#components/ui/now.tsx";
import type { ReplicaSegments } from "#lib/contracts/segments.ts";
import type { TopicStorage } from "#lib/contracts/topic-storage.ts";
import { awaySentence } from "./access-words.ts";

type Away = TopicStorage["away"][number];

/** Brokers that are away, and whose files are read all the same: said, each with where its directory is known from. */
export function AwayNote({ away, className }: { away: readonly Away[]; className?: string }) {
  const zone = useZone();
  const nowMs = useNow();
  if (away.length === 0) return null;
  const ids = away.map(({ brokerId }) => brokerId);
  return (
    <Notice
      role="status"
      title={ids.length === 1 ? `Broker ${ids[0]} is away.` : `Brokers ${ids.join(", ")} are away.`}
      className={className ?? ""}
    >
      {away.map((one) => awaySentence(one, { zone, nowMs })).join(" ")} Sizes are those of the files.
    </Notice>
  );
}

/** Of a partition's replicas. */
export function awayOf(replicas: readonly ReplicaSegments[]): readonly Away[] {
  return replicas.flatMap(({ brokerId, role, access }) =>
    role !== "future" && access.state === "readable" && access.away !== null ? [{ brokerId, ...access.away }] : [],
  );
}
