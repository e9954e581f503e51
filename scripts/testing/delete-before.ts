import type { Admin } from "kafkajs";

/** Deletes a partition's records before an offset, as retention would. */
export async function deleteBefore(admin: Admin, topic: string, partition: number, offset: string): Promise<void> {
  // kafkajs 2.2.4 looks for the leader in metadata that only this call makes it read.
  await admin.fetchTopicOffsets(topic);
  await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset }] });
}
