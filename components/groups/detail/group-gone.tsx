import { GroupName } from "#components/groups/group-name.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageMessage } from "#components/ui/page-message.tsx";
import { Time } from "#components/ui/time.tsx";
import { changesHref, groupsHref, problemHref, resetOffsetsHref } from "#lib/hrefs.ts";

/** There is no such group, or there no longer is: `lastSeenMs` when it was here a moment ago. */
export function GroupGone({ group, lastSeenMs }: { group: string; lastSeenMs: number | null }) {
  const cluster = useCluster();
  const name = (
    <span className="mono">
      <GroupName group={group} />
    </span>
  );
  return (
    <PageMessage
      title={lastSeenMs === null ? <>There is no group {name}.</> : <>The group {name} is gone.</>}
      actions={
        <>
          <LinkButton href={groupsHref(cluster.name)} tone="primary">
            All groups
          </LinkButton>
          <LinkButton href={changesHref(cluster.name, { group })}>Changes of this group</LinkButton>
          {!cluster.readOnly && (
            <LinkButton href={resetOffsetsHref(cluster.name, group)}>Plan its first offsets…</LinkButton>
          )}
          <LinkButton href={problemHref("group-not-found")} tone="quiet">
            Why this may be
          </LinkButton>
        </>
      }
    >
      {lastSeenMs === null ? (
        <>
          It never committed, it was deleted, its id is spelt otherwise (ids are case-sensitive), or Tailrace's user may
          not describe it. Kafka forgets a group without members after offsets.retention.minutes.
        </>
      ) : (
        <>
          It was last here at <Time ms={lastSeenMs} />. Somebody deleted it, its last offsets expired, or its last
          member left before it ever committed. This page looks again every 2 s.
        </>
      )}
    </PageMessage>
  );
}
