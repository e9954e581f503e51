"use client";
import { emptyResetForm, resetFormToQuery } from "#components/groups/reset/reset-form.ts";
import { useCluster } from "#components/shell/cluster-context.tsx";
import type { Column } from "#components/ui/data-table-columns.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Offset, Unknown } from "#components/ui/quantity.tsx";
import { DetailLine, RowDetails } from "#components/ui/row-details.tsx";
import { Time } from "#components/ui/time.tsx";
import type { GroupDetail } from "#lib/contracts/groups.ts";
import { messageHref, resetOffsetsHref, tailHref, topicHref } from "#lib/hrefs.ts";
import type { LagRow } from "./lag-rows.ts";

interface PartitionDetailsProps {
  group: GroupDetail;
  columns: readonly Column<LagRow>[];
  /** Undefined before one was chosen, or when it is gone. */
  row: LagRow | undefined;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const shownElsewhere = ["partition", "skew"];

/** All that is known of a group on one partition, and the ways on from it. */
export function PartitionDetails({ group, columns, row, open, onOpenChange }: PartitionDetailsProps) {
  const { name: cluster, readOnly } = useCluster();
  if (row === undefined) return null;
  const { topic, partition } = row.source;
  const readable = row.committed !== null && row.lag !== null && row.lag > 0n && row.remark !== "lost";
  return (
    <RowDetails
      title={<span className="mono break-all">{row.key}</span>}
      description={
        <>
          in <span className="mono break-all">{group.group}</span>
        </>
      }
      columns={columns}
      row={row}
      without={shownElsewhere}
      open={open}
      onOpenChange={onOpenChange}
      actions={
        <>
          <LinkButton href={topicHref(cluster, topic)} tone="quiet">
            Topic
          </LinkButton>
          <LinkButton href={tailHref(cluster, { topics: topic, partitions: String(partition) })} tone="quiet">
            Tail
          </LinkButton>
          {!readOnly && group.type !== "share" && group.type !== "streams" && (
            <LinkButton href={resetOffsetsHref(cluster, group.group, onlyThis(topic, partition))} tone="quiet">
              Reset it…
            </LinkButton>
          )}
          {readable && row.committed !== null && (
            <LinkButton href={messageHref(cluster, topic, partition, row.committed.toString())}>
              Read the next message
            </LinkButton>
          )}
        </>
      }
    >
      <DetailLine term="Last stable offset" what="How far a read_committed consumer can read">
        <Offset value={row.source.lastStableOffset} />
      </DetailLine>
      <DetailLine term="Last seen to move" what="The commit's own time is known to the coordinator alone">
        {row.source.lastMovedMs === null ? (
          <Since observedSinceMs={group.observedSinceMs} />
        ) : (
          <Time ms={row.source.lastMovedMs} />
        )}
      </DetailLine>
      <DetailLine term="Leader epoch" what="Of the message before the committed offset (KIP-320)">
        {row.source.committedLeaderEpoch ?? <Unknown why="not stored with the commit" />}
      </DetailLine>
      <DetailLine term="Metadata" what="What the consumer stored with its commit">
        <Metadata row={row} />
      </DetailLine>
    </RowDetails>
  );
}

/** A reset of this partition alone, where to still open. */
function onlyThis(topic: string, partition: number): Readonly<Record<string, string>> {
  return resetFormToQuery({ ...emptyResetForm, scope: "partitions", partitions: [{ topic, list: String(partition) }] });
}

function Since({ observedSinceMs }: { observedSinceMs: number | null }) {
  if (observedSinceMs === null) return <Unknown why="nothing is sampled yet" />;
  return (
    <span className="text-ink-2">
      not since <Time ms={observedSinceMs} />
    </span>
  );
}

function Metadata({ row: { remark, source } }: { row: LagRow }) {
  if (remark === "no-commit") return <span className="text-ink-3">no commit</span>;
  if (source.committedMetadata === null) return <Unknown />;
  return source.committedMetadata === "" ? (
    <span className="text-ink-3">none</span>
  ) : (
    <span className="mono">{source.committedMetadata}</span>
  );
}
