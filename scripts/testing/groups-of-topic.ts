import type { ClusterContext } from "#server/context.ts";
import { topicsOfGroup } from "#server/groups/group-partitions.ts";

/** The groups that have committed to a topic or are assigned it: who reads without leaving a trace makes none. Other tests have groups of their own. */
export async function groupsOfTopic({ state, signal }: ClusterContext, topic: string): Promise<string[]> {
  state.groups.forget();
  const { groups } = (await state.groups.get(signal)).value;
  return [...groups.values()].filter((one) => topicsOfGroup(one).has(topic)).map(({ group }) => group);
}
