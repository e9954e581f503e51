"use client";
import { indexFiles, logFile } from "#components/segments/segment-commands.ts";
import type { ReadableReplica } from "#components/segments/shown-replica.ts";
import { CopyCommand } from "#components/ui/copy-command.tsx";
import { plural } from "#lib/format.ts";
import { checkIndexesCommand, dumpLogCommand } from "#lib/kafka-commands.ts";

/** A command line with more paths is no help to anybody. */
const MAX_SEGMENTS = 50;

/** What Kafka's own tool says of the same files, to compare with. */
export function SameByKafka({ replica }: { replica: ReadableReplica }) {
  const segments = replica.segments.slice(-MAX_SEGMENTS);
  const indexes = segments.flatMap((segment) => indexFiles(replica, segment));
  if (segments.length === 0) return null;
  const all = segments.length === replica.segments.length;
  return (
    <details className="min-w-0 text-12">
      <summary className="inline-flex min-h-hit cursor-default items-center rounded-1 text-ink-2 hover:text-ink">
        <span className="underline decoration-line-strong underline-offset-3">The same with Kafka's own tool</span>
      </summary>
      <div className="grid gap-2 pt-1">
        <p className="max-w-[64ch] text-pretty text-ink-2 leading-[18px]">
          {replica.access.from === "own" ? `On broker ${replica.brokerId}` : "By the paths that are mounted here"}
          {!all && `, of the newest ${plural(segments.length, "segment")}`}. It prints a line for each record, with
          “isvalid” for a batch's checksum; it reads at full speed.
        </p>
        <CopyCommand command={dumpLogCommand(segments.map((segment) => logFile(replica, segment)))} label="Logs" />
        {indexes.length > 0 && <CopyCommand command={checkIndexesCommand(indexes)} label="Indexes" />}
      </div>
    </details>
  );
}
