import type { MetadataTopic } from "../../kafka/read-metadata.ts";

/** What a change's record keeps of a topic beside its name; nothing where Kafka doesn't tell. */
export function topicIds(topics: readonly MetadataTopic[]): (topic: string) => { readonly topicId?: string } {
  const ids = new Map(topics.map(({ name, topicId }) => [name, topicId]));
  return (topic) => {
    const topicId = ids.get(topic) ?? null;
    return topicId === null ? {} : { topicId };
  };
}
