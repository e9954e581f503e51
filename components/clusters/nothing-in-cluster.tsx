"use client";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageMessage } from "#components/ui/page-message.tsx";
import { clusterHref } from "#lib/hrefs.ts";

/** An address inside a cluster that no page has. */
export function NothingInCluster() {
  const { name, displayName } = useCluster();
  return (
    <PageMessage
      title="There is no such page."
      actions={
        <LinkButton href={clusterHref(name)} tone="primary">
          Overview of {displayName}
        </LinkButton>
      }
    >
      The link may be mistyped, or from another version of Tailrace.
    </PageMessage>
  );
}
