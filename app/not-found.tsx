import type { Metadata } from "next";
import { BarePage } from "#components/shell/bare-page.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageMessage } from "#components/ui/page-message.tsx";

export const metadata: Metadata = { title: "Nothing here" };

export default function NotFound() {
  return (
    <BarePage>
      <PageMessage
        title="There is nothing at this address."
        actions={
          <LinkButton href="/" tone="primary">
            Open the cluster
          </LinkButton>
        }
      >
        The link may be mistyped, or from another version of Tailrace.
      </PageMessage>
    </BarePage>
  );
}
