import type { MetadataTopic } from "../../kafka/read-metadata.ts";

/** Answers stand at their partition's place, so the list stays as long as the topic's. */
export function onlyPartition(topic: MetadataTopic, partition: number): MetadataTopic {
  const partitions = topic.partitions.map((one) => (one.partition === partition ? one : { ...one, leader: null }));
  return { ...topic, partitions };
}
