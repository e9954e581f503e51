import { MAX_CHECKPOINT_BYTES, readPartitionCheckpoint } from "../checkpoint.ts";
import { FenceError, type LogDirectory } from "../partition-directory.ts";

/** The first offset that the log cleaner hasn't been over; 0 before its first run, null when its checkpoint can't be read. */
export async function readCleanedTo(log: LogDirectory, topic: string, partition: number): Promise<bigint | null> {
  try {
    const file = await log.openFile("cleaner-offset-checkpoint");
    try {
      if (file.sizeBytes > MAX_CHECKPOINT_BYTES) return null;
      const text = (await file.read(0, file.sizeBytes)).toString("utf8");
      const cleanedTo = readPartitionCheckpoint(text, topic, partition);
      return cleanedTo === undefined ? null : (cleanedTo ?? 0n);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof FenceError) return null;
    throw error;
  }
}
