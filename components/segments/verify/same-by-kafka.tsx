"use client";
import type { ReadableReplica } from "#components/segments/shown-replica.ts";
import { CopyCommand } from "#components/ui/copy-command.tsx";
import { checkPartitionIndexesCommand, dumpPartitionCommand } from "#lib/kafka-commands.ts";

/** What Kafka's own tool says of the same files, to compare with. */
export function SameByKafka({ replica: { access, directory, brokerId } }: { replica: ReadableReplica }) {
  if (directory === null) return null;
  const path = `${access.logDir}/${directory}`;
  return (
    <details className="min-w-0 text-12">
      <summary className="inline-flex min-h-hit cursor-default items-center rounded-1 text-ink-2 hover:text-ink">
        <span className="underline decoration-line-strong underline-offset-3">The same with Kafka's own tool</span>
      </summary>
      <div className="grid gap-2 pt-1">
        <p className="max-w-[64ch] text-pretty text-ink-2 leading-[18px]">
          {access.from === "own" ? `On broker ${brokerId}'s machine` : "Where the files are mounted"}; it prints a line
          for each record, with “isvalid” for a batch's checksum, and reads as fast as it can.
        </p>
        <CopyCommand command={dumpPartitionCommand(path)} label="Logs" />
        <CopyCommand command={checkPartitionIndexesCommand(path)} label="Indexes" />
      </div>
    </details>
  );
}
