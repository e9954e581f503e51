"use client";
import type { ReadableReplica } from "#components/segments/shown-replica.ts";
import { CopyCommand } from "#components/ui/copy-command.tsx";
import { checkPartitionIndexesCommand, dumpPartitionCommand } from "#lib/kafka-commands.ts";

/** What Kafka's own tool says of the same files, to compare with; and what it doesn't look at. */
export function SameByKafka({ replica: { access, directory, brokerId } }: { replica: ReadableReplica }) {
  if (directory === null) return null;
  const path = `${access.logDir}/${directory}`;
  const where = access.from === "own" ? `On broker ${brokerId}'s machine` : "Where the files are mounted";
  return (
    <details className="min-w-0 text-12">
      <summary className="inline-flex min-h-hit cursor-default items-center rounded-1 text-ink-2 hover:text-ink">
        <span className="underline decoration-line-strong underline-offset-3">With Kafka's own tool</span>
      </summary>
      <div className="grid max-w-[64ch] gap-2 pt-1 text-pretty text-ink-2 leading-[18px]">
        <p>
          {where}. Logs: it prints a line for each batch and each record, with “isvalid” for a batch's checksum and the
          checksum in decimal, and reads as fast as it can.
        </p>
        <CopyCommand command={dumpPartitionCommand(path)} label="Logs" />
        <p>
          Indexes: with --index-sanity-check it only looks whether a file's length and its last entry are plausible. It
          passes an index with a wrong entry in it, which is found here, because each entry is compared with its batch.
          With --verify-index-only in its place it compares them too, up to the first entry that leads to no batch.
        </p>
        <CopyCommand command={checkPartitionIndexesCommand(path)} label="Indexes" />
      </div>
    </details>
  );
}
