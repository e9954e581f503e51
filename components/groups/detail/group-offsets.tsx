"use client";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { cn } from "#components/ui/cn.ts";
import { Select } from "#components/ui/select.tsx";
import type { GroupDetail } from "#lib/contracts/groups.ts";
import { plural } from "#lib/format.ts";
import { AssignmentSection } from "./assignment-section.tsx";
import { groupUrl } from "./group-url.ts";
import { LagHistory } from "./lag-history.tsx";
import { lagRows, topicsOf } from "./lag-rows.ts";
import { LagSection } from "./lag-section.tsx";
import { WhatIf } from "./what-if.tsx";

/** More partitions than this come last on the page: what explains them comes before. */
const LONG = 30;
const ALL = "";

/** Lag by partition, over time, and by member; of all topics or of one. */
export function GroupOffsets({ group }: { group: GroupDetail }) {
  const [{ topic: asked, to, members }, setUrl] = useQueryStates({
    topic: groupUrl.topic,
    to: groupUrl.to,
    members: groupUrl.members,
  });
  const topics = useMemo(() => topicsOf(group.partitions), [group.partitions]);
  const topic = asked !== null && topics.includes(asked) ? asked : null;
  const rows = useMemo(() => lagRows(group, to, topic), [group, to, topic]);
  const chooser = topics.length > 1 && (
    <Select
      aria-label="Topic"
      prefix="Topic"
      mono
      value={topic ?? ALL}
      onValueChange={(value) => setUrl({ topic: value === ALL ? null : value })}
      options={[{ value: ALL, label: `all ${topics.length}` }, ...topics.map((name) => ({ value: name, label: name }))]}
      className="max-w-72"
    />
  );
  // Where there is a chart and a drawing, they stand side by side.
  const beside = members === "drawn" && group.members !== null && group.partitions.length > 0;
  const long = group.partitions.length > LONG;
  const lag = group.partitions.length > 0 && <LagSection group={group} rows={rows} chooser={chooser} />;
  return (
    <>
      {!long && lag}
      <div
        className={cn(
          "grid",
          beside &&
            "lg:grid-cols-[minmax(0,1fr)_minmax(0,440px)] lg:grid-rows-[auto_1fr] xl:grid-cols-[minmax(0,1fr)_minmax(0,520px)]",
        )}
      >
        {group.partitions.length > 0 && <LagHistory group={group} topic={topic} />}
        {group.members !== null && (
          <AssignmentSection
            group={group}
            rows={rows}
            {...(beside && {
              className: "lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:border-line-strong lg:border-l",
            })}
          />
        )}
        <WhatIf group={group} />
      </div>
      {long && lag}
      {group.partitions.length === 0 && group.unread === null && (
        <p className="px-gutter py-4 text-ink-2">
          It holds no partition and has no commit, so there is no lag to show
          {group.members === null || group.members.length === 0
            ? "."
            : `: its ${plural(group.members.length, "member waits", "members wait")} for an assignment, or read topics that don't exist.`}
        </p>
      )}
    </>
  );
}
