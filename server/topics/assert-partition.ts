import { ProblemError } from "#lib/problem.ts";
import type { MetadataTopic } from "../kafka/read-metadata.ts";

/** @throws {ProblemError} partition-not-found, saying which there are */
export function assertPartition({ name, partitions }: MetadataTopic, partition: number): void {
  if (partition < partitions.length) return;
  const there =
    partitions.length === 1 ? "its only partition is 0" : `its partitions are 0 to ${partitions.length - 1}`;
  throw new ProblemError(
    "partition-not-found",
    `Topic ${name} has no partition ${partition}: ${there}. Choose one of them.`,
    { invalidParams: [{ path: "partition", message: there }] },
  );
}
