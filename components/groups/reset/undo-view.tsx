"use client";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { PageMessage } from "#components/ui/page-message.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { movesCommand } from "#lib/group-commands.ts";
import { changeHref, changesHref } from "#lib/hrefs.ts";
import { ProblemError } from "#lib/problem.ts";
import { OffsetReview } from "./offset-review.tsx";
import { useUndoPlan } from "./use-reset-plan.ts";

/** Takes a change of offsets back: the same review as a reset's, of a plan made from what was saved with the change. */
export function UndoView({ change }: { change: string }) {
  const cluster = useCluster();
  const state = useUndoPlan(cluster.name, change);
  const { plan } = state;
  return (
    <>
      <PageHead
        crumbs={[
          { label: "Changes", href: changesHref(cluster.name) },
          { label: change, href: changeHref(cluster.name, change), mono: true },
        ]}
        title={plan === undefined ? "Undo" : `Undo: back to where ${plan.group === "" ? "the group" : plan.group} was`}
      />
      {plan === undefined ? (
        <NoPlan change={change} error={state.error} />
      ) : (
        <OffsetReview
          group={plan.group}
          state={state}
          record={{ target: `as before ${change}`, undoes: change }}
          command={movesCommand(cluster.bootstrap, plan.group, plan.moves)}
          cancelHref={changeHref(cluster.name, change)}
        />
      )}
    </>
  );
}

function NoPlan({ change, error }: { change: string; error: unknown }) {
  const cluster = useCluster();
  if (error === null) return <SkeletonLines label="Making the plan" lines={8} className="px-gutter" />;
  const isProblem = error instanceof ProblemError;
  const gone = isProblem && (error.code === "change-not-found" || error.code === "invalid-request");
  return (
    <div className="border-line-strong border-t">
      <PageMessage
        level={2}
        glyph="octagon"
        title={gone ? "There is no such change." : "It can't be undone."}
        actions={
          <>
            {!gone && <LinkButton href={changeHref(cluster.name, change)}>Open the change</LinkButton>}
            <LinkButton href={changesHref(cluster.name)}>All changes</LinkButton>
          </>
        }
      >
        {gone
          ? "Nothing on record has this id. It may be of another cluster, or the link was cut off."
          : isProblem
            ? error.message
            : "Tailrace met an error it did not expect. Try again; if it stays, look at the server's log."}
      </PageMessage>
    </div>
  );
}
