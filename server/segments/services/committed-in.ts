import type { MissingPart } from "#lib/contracts/kafka.ts";
import type { ClusterState } from "../../clusters/cluster-state.ts";

/** Marks on a map; a partition is read by few groups. */
const MAX_GROUPS = 1_000;

/** Where groups are in a partition, by the newest reading there is of all groups: nothing is asked for it. Furthest behind first. */
export function committedIn(
  { groupObserver, groups }: Pick<ClusterState, "groupObserver" | "groups">,
  topic: string,
  partition: number,
): {
  readonly committed: readonly { readonly group: string; readonly offset: string }[];
  readonly missing: readonly MissingPart[];
} {
  const [sampled, read] = [groupObserver.newest, groups.last];
  const newest = (read?.observedAtMs ?? 0) > (sampled?.observedAtMs ?? 0) ? read : sampled;
  if (newest === null) {
    const detail =
      "This server hasn't sampled the groups yet: it does within seconds of its start, and every 10 s from then on.";
    return { committed: [], missing: [{ part: "groups' committed offsets", code: "deadline-exceeded", detail }] };
  }
  const found: { group: string; offset: bigint }[] = [];
  for (const { group, committed } of newest.value.groups.values()) {
    const offset = committed?.get(topic)?.get(partition)?.offset;
    if (offset !== undefined) found.push({ group, offset });
  }
  found.sort((a, b) => (a.offset < b.offset ? -1 : a.offset > b.offset ? 1 : a.group < b.group ? -1 : 1));
  const shown = found.slice(0, MAX_GROUPS).map(({ group, offset }) => ({ group, offset: offset.toString() }));
  if (found.length <= MAX_GROUPS) return { committed: shown, missing: newest.value.missing };
  const detail = `${found.length} groups have committed in this partition; the ${MAX_GROUPS} that are furthest behind are told.`;
  return {
    committed: shown,
    missing: [...newest.value.missing, { part: "groups' committed offsets", code: "not-all", detail }],
  };
}
