"use client";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageMessage } from "#components/ui/page-message.tsx";
import { problemHref } from "#lib/hrefs.ts";
import { ProblemError } from "#lib/problem.ts";

/** When a page breaks while it is drawn: what is known, and the two ways on. */
export function UnexpectedError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <PageMessage
      title="This page broke while it was drawn."
      glyph="octagon"
      actions={
        <>
          <Button tone="primary" onClick={retry}>
            Try again
          </Button>
          <LinkButton href={problemHref("internal")}>What this means</LinkButton>
        </>
      }
    >
      <p>
        {error instanceof ProblemError
          ? error.message
          : "Nothing was changed in the cluster; the fault is in Tailrace."}
      </p>
      {digest !== null && (
        <p className="mt-1">
          The server's log has it as <span className="mono text-ink">{digest}</span>.
        </p>
      )}
    </PageMessage>
  );
}
