import type { ClusterContext } from "../context.ts";
import type { TopicConfigs } from "./read-topic-configs.ts";
import type { Reading } from "./shared-read.ts";

/**
 * The shared reading of the topics' configs, read anew when it lacks a topic that the last metadata has: a new topic is
 * never shown with the others' values.
 */
export async function configsOfAllTopics(
  ctx: Pick<ClusterContext, "state" | "signal">,
): Promise<Reading<TopicConfigs>> {
  const reading = await ctx.state.topicConfigs.get(ctx.signal);
  const known = reading.value.byTopic;
  const seen = ctx.state.metadata.last;
  const lacks =
    seen !== null && seen.observedAtMs > reading.observedAtMs && seen.value.topics.some(({ name }) => !known.has(name));
  return lacks ? ctx.state.topicConfigs.get(ctx.signal, 0) : reading;
}
