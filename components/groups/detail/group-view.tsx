"use client";
import { useQuery } from "@tanstack/react-query";
import { ClusterProblem } from "#components/clusters/cluster-problem.tsx";
import { GroupName } from "#components/groups/group-name.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { StaleNotice } from "#components/shell/stale-notice.tsx";
import { MissingParts } from "#components/ui/missing-parts.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import type { GroupDetail } from "#lib/contracts/groups.ts";
import { groupsHref } from "#lib/hrefs.ts";
import { ProblemError } from "#lib/problem.ts";
import { groupQuery } from "#lib/queries/groups.ts";
import { GroupActions } from "./group-actions.tsx";
import { GroupFacts } from "./group-facts.tsx";
import { GroupGone } from "./group-gone.tsx";
import { GroupOffsets } from "./group-offsets.tsx";
import { GroupTags } from "./group-tags.tsx";
import { Unread } from "./unread.tsx";
import { VerdictBand } from "./verdict-band.tsx";

/** One group: why it lags, how far and where, and who reads what. */
export function GroupView({ group }: { group: string }) {
  const cluster = useCluster();
  const detail = useQuery(groupQuery(cluster.name, group));
  const { data, error } = detail;
  if (error instanceof ProblemError && error.code === "group-not-found") {
    return <GroupGone group={group} lastSeenMs={data?.observedAtMs ?? null} />;
  }
  if (!data && detail.isError) return <ClusterProblem query={detail} what={`Group ${group} could not be read.`} />;
  return (
    <>
      <PageHead
        crumbs={[{ label: "Groups", href: groupsHref(cluster.name) }]}
        title={<GroupName group={group} />}
        mono
        tags={data && <GroupTags group={data} />}
        actions={data && <GroupActions group={data} />}
      />
      <StaleNotice query={detail} />
      {data ? <GroupBody group={data} /> : <SkeletonLines label={`Reading ${group}`} lines={8} className="px-gutter" />}
    </>
  );
}

function GroupBody({ group }: { group: GroupDetail }) {
  return (
    <>
      <VerdictBand group={group} />
      {group.missing.length > 0 && (
        <div className="px-gutter py-3">
          <MissingParts parts={group.missing} />
        </div>
      )}
      <GroupFacts group={group} />
      <Unread unread={group.unread} />
      <GroupOffsets group={group} />
    </>
  );
}
