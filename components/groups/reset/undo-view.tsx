"use client";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { PageMessage } from "#components/ui/page-message.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { movesCommand } from "#lib/group-commands.ts";
import { changeHref, changesHref } from "#lib/hrefs.ts";
import { ProblemError } from "#lib/problem.ts";
import { OffsetReview } from "./offset-review.tsx";
import { type PlanState, useUndoPlan } from "./use-reset-plan.ts";

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
        title={
          plan === undefined
            ? "Undo"
            : `Undo a change of ${plan.group === "" ? "the group with the empty id" : plan.group}`
        }
      />
      {plan === undefined ? (
        <NoPlan change={change} state={state} />
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

function NoPlan({ change, state: { error, isPlanning, planAgain } }: { change: string; state: PlanState }) {
  const cluster = useCluster();
  if (error === null) return <SkeletonLines label="Making the plan" lines={8} className="px-gutter" />;
  const code = error instanceof ProblemError ? error.code : "internal";
  const gone = code === "change-not-found" || code === "invalid-request";
  if (!gone && code !== "change-not-undoable") {
    return (
      <ProblemNotice
        error={error}
        title="There is no plan for this."
        onRetry={planAgain}
        retrying={isPlanning}
        className="mx-gutter"
      />
    );
  }
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
          : error instanceof ProblemError && error.message}
      </PageMessage>
    </div>
  );
}
