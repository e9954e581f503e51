import type { MissingPart } from "#lib/contracts/kafka.ts";
import { count } from "../clusters/words.ts";
import type { GroupsReading } from "./group-reading.ts";

/**
 * Groups that a moment ago a broker coordinated that is gone now, and that no other broker tells of yet: they exist, but for a
 * moment nobody lists them, and nobody says so.
 * @param before a reading of a few seconds ago, such as the observer's newest
 */
export function notTakenOver(before: GroupsReading, { groups, metadata }: GroupsReading): MissingPart[] {
  const up = new Set(metadata.brokers.map(({ id }) => id));
  const orphans = new Map<number, number>();
  for (const { group, coordinator } of before.groups.values()) {
    if (coordinator === null || up.has(coordinator) || groups.has(group)) continue;
    orphans.set(coordinator, (orphans.get(coordinator) ?? 0) + 1);
  }
  return [...orphans].map(([brokerId, many]) => ({
    part: `${count(many, "group")} that broker ${brokerId} coordinated`,
    code: "broker-unreachable",
    detail: `Broker ${brokerId} is gone, and no other broker has loaded ${many === 1 ? "this group" : "these groups"} yet. That takes a few seconds; look again then.`,
    brokerId,
  }));
}
