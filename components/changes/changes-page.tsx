"use client";
import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { ClusterProblem } from "#components/clusters/cluster-problem.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { StaleNotice } from "#components/shell/stale-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { ListMessage } from "#components/ui/list-message.tsx";
import { MissingParts } from "#components/ui/missing-parts.tsx";
import { type ChangeList, changeId, type RecordedChange } from "#lib/contracts/changes.ts";
import { formatCount } from "#lib/format.ts";
import { changeHref } from "#lib/hrefs.ts";
import { changesQuery } from "#lib/queries/changes.ts";
import { changesUrl } from "#lib/url-state.ts";
import { changeColumns } from "./change-columns.tsx";
import { ChangeLogState, NoChangeLog } from "./change-log-state.tsx";

const noChanges: readonly never[] = [];
const rowKey = ({ id }: RecordedChange) => id;
const inOrderOfTime = { id: "when", desc: true };
const keepOrder = () => {};

/** What was changed through Tailrace, newest first, a page at a time; of one group or topic where the address says so. */
export function ChangesPage() {
  const cluster = useCluster();
  const [url, setUrl] = useQueryStates(changesUrl, { history: "push", shallow: true });
  const before = changeId.safeParse(url.before).data;
  const query = useQuery(
    changesQuery(cluster.name, {
      ...(url.group !== null && { group: url.group }),
      ...(url.topic !== null && { topic: url.topic }),
      ...(before !== undefined && { before }),
    }),
  );
  const rowHref = useMemo(
    () =>
      ({ id }: RecordedChange) =>
        changeHref(cluster.name, id),
    [cluster.name],
  );
  const { data } = query;
  if (data === undefined && query.isError) {
    return <ClusterProblem query={query} what="The changes could not be read." />;
  }
  const changes = data?.changes ?? noChanges;
  const older = data?.more === true ? changes.at(-1)?.id : undefined;
  const isFiltered = url.group !== null || url.topic !== null;
  const noLog = data?.recording.state === "missing" && data.recording.audit !== "off" && changes.length === 0;
  return (
    <div className="flex flex-1 flex-col">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 px-gutter pt-3.5 pb-3">
        <h1>Changes</h1>
        {url.group !== null && (
          <Chip label="the filter by group" onRemove={() => setUrl({ group: null, before: null })}>
            <span className="text-ink-2">group</span> <span className="mono">{url.group}</span>
          </Chip>
        )}
        {url.topic !== null && (
          <Chip label="the filter by topic" onRemove={() => setUrl({ topic: null, before: null })}>
            <span className="text-ink-2">topic</span> <span className="mono">{url.topic}</span>
          </Chip>
        )}
        <span className="flex-1" />
        {data?.recording.state === "ready" && <p className="text-pretty text-12 text-ink-2">{data.recording.detail}</p>}
      </header>
      <StaleNotice query={query} />
      <MissingParts parts={data?.missing ?? noChanges} className="mx-gutter mb-3" />
      {data !== undefined && <ChangeLogState recording={data.recording} hasChanges={changes.length > 0} />}
      {data !== undefined && noLog ? (
        <NoChangeLog recording={data.recording} />
      ) : (
        <DataTable
          label="Changes"
          columns={changeColumns}
          rows={changes}
          rowKey={rowKey}
          rowHref={rowHref}
          sort={inOrderOfTime}
          onSortChange={keepOrder}
          loading={data === undefined}
          empty={
            <NoChanges
              isFiltered={isFiltered}
              isOlder={before !== undefined}
              showAll={() => setUrl({ group: null, topic: null, before: null })}
            />
          }
        />
      )}
      <Foot data={data} />
      {(older !== undefined || before !== undefined) && (
        <nav aria-label="Pages" className="flex gap-2 px-gutter py-4">
          {before !== undefined && <Button onClick={() => setUrl({ before: null })}>Newest changes</Button>}
          {older !== undefined && (
            <Button onClick={() => setUrl({ before: older })} pending={query.isPlaceholderData}>
              Older changes
            </Button>
          )}
        </nav>
      )}
    </div>
  );
}

interface NoChangesProps {
  isFiltered: boolean;
  isOlder: boolean;
  showAll: () => void;
}

function NoChanges({ isFiltered, isOlder, showAll }: NoChangesProps) {
  if (isFiltered || isOlder) {
    return (
      <ListMessage
        title={isOlder ? "No older change is on record." : "No change of it is on record."}
        actions={<Button onClick={showAll}>All changes</Button>}
      >
        Only changes made through Tailrace are recorded, and only since the change log was made.
      </ListMessage>
    );
  }
  return (
    <ListMessage title="No change is on record." actions={null}>
      The first that is made through Tailrace appears here: a topic created, a message sent, offsets moved.
    </ListMessage>
  );
}

function Foot({ data }: { data: ChangeList | undefined }) {
  if (data === undefined || data.unreadable === 0) return null;
  return (
    <p className="px-gutter pt-3 text-pretty text-12 text-ink-2">
      {data.unreadable === 1 ? "1 record" : `${formatCount(data.unreadable)} records`} in{" "}
      <span className="mono">{data.recording.topic}</span> {data.unreadable === 1 ? "is" : "are"} damaged or not
      Tailrace’s, and left out.
    </p>
  );
}
