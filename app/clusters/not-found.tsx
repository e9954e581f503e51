import { BarePage } from "#components/shell/bare-page.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageMessage } from "#components/ui/page-message.tsx";
import { problemHref } from "#lib/hrefs.ts";

/** The layout of a cluster found none of that name. */
export default function ClusterNotFound() {
  return (
    <BarePage>
      <PageMessage
        title="No cluster of this name is configured."
        actions={
          <>
            <LinkButton href="/clusters" tone="primary">
              All clusters
            </LinkButton>
            <LinkButton href={problemHref("cluster-not-found")} tone="quiet">
              Why this may be
            </LinkButton>
          </>
        }
      >
        The link may come from another Tailrace, or the cluster was renamed in the settings, which are read at start.
      </PageMessage>
    </BarePage>
  );
}
