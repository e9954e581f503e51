"use client";
import { useQuery } from "@tanstack/react-query";
import type { Route } from "next";
import { useEffect, useMemo, useRef } from "react";
import { useIsChangeRefused } from "#components/changes/recording-note.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { cn } from "#components/ui/cn.ts";
import { plural } from "#lib/format.ts";
import type { GroupCommand } from "#lib/group-commands.ts";
import { ProblemError } from "#lib/problem.ts";
import { recordingQuery } from "#lib/queries/changes.ts";
import { groupQuery } from "#lib/queries/groups.ts";
import { AppliedView } from "./applied-view.tsx";
import { ConfirmBar } from "./confirm-bar.tsx";
import { driftOf, type LiveGroup, type Presence, presenceOf } from "./plan-moves.ts";
import { type PlanEditing, PlanPane } from "./plan-pane.tsx";
import { type ApplyRecord, useApplyMoves } from "./use-apply-moves.ts";
import type { PlanState } from "./use-reset-plan.ts";

interface OffsetReviewProps {
  group: string;
  state: PlanState;
  /** What is missing before anything can be planned. */
  todo?: string | null;
  /** At the left: what the plan is made from. */
  form?: React.ReactNode;
  record: ApplyRecord;
  command: GroupCommand | null;
  editing?: PlanEditing | null;
  cancelHref: Route;
  /** Back to a plan after it was applied; left out where there is nothing more to plan. */
  onMoveAgain?: () => void;
}

/** Shows every move of a plan; applies exactly these, and only on an explicit click. Then says what became of them. */
export function OffsetReview(props: OffsetReviewProps) {
  const { group, state, todo = null, form, record, command, editing = null, cancelHref, onMoveAgain } = props;
  const cluster = useCluster();
  const { plan } = state;
  const live = useLiveGroup(group);
  const acts = useApplyMoves(cluster.name, group, record);
  const recording = useQuery(recordingQuery(cluster.name));
  const undoable =
    recording.data === undefined
      ? recording.isError
        ? false
        : null
      : recording.data.state === "ready" && recording.data.audit !== "off";
  const refused = useIsChangeRefused();
  const presence = useMemo(() => (plan === undefined ? null : presenceOf(plan, live)), [plan, live]);
  const drift = useMemo(
    () => (plan === undefined || presence?.kind !== "empty" ? new Map<string, string | null>() : driftOf(plan, live)),
    [plan, presence, live],
  );
  const heading = useRef<HTMLHeadingElement>(null);
  const askedAtFoot = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each plan that arrives
  useEffect(() => {
    // The button that asked for it is gone with what was outdated: reading goes on at the new plan.
    if (askedAtFoot.current) heading.current?.focus();
    askedAtFoot.current = false;
  }, [plan]);
  if (acts.result !== null) {
    return (
      <AppliedView
        group={group}
        result={acts.result}
        onRetry={acts.retry}
        isRetrying={acts.isRetrying}
        retryError={acts.retryError}
        onPlanAgain={onMoveAgain ?? null}
      />
    );
  }
  const outdated = state.isCurrent && !acts.isApplying && drift.size > 0 ? outdatedText(drift) : null;
  const hold = cluster.readOnly
    ? "This cluster is read-only here: nothing is moved from Tailrace. The command does it from a shell."
    : (todo ??
      holdOf(state, presence, outdated !== null) ??
      (refused ? "Without a change log it would be refused." : null));
  return (
    <>
      <div
        className={cn(
          "grid flex-1 border-line-strong border-t max-xl:content-start",
          form !== undefined && "xl:grid-cols-[344px_minmax(0,1fr)]",
        )}
      >
        {form}
        <PlanPane
          state={state}
          todo={todo}
          presence={presence}
          drift={drift}
          editing={editing}
          command={command}
          headingRef={heading}
          takesBack={record.undoes !== null}
        />
      </div>
      <ConfirmBar
        group={group}
        plan={state.isCurrent ? (plan ?? null) : null}
        takesBack={record.undoes !== null}
        hold={acts.isApplying ? null : hold}
        outdated={outdated}
        undoable={undoable}
        cancelHref={cancelHref}
        onApply={() => plan !== undefined && hold === null && acts.apply(plan)}
        onPlanAgain={() => {
          askedAtFoot.current = true;
          state.planAgain();
        }}
        applying={acts.isApplying}
        error={acts.attempted === plan ? acts.applyError : null}
      />
    </>
  );
}

/** The group as it is now, looked at every 2 s: null when there is none of this name. */
function useLiveGroup(group: string): LiveGroup {
  const query = useQuery(groupQuery(useCluster().name, group));
  if (query.error instanceof ProblemError && query.error.code === "group-not-found") return null;
  return query.data;
}

function holdOf(state: PlanState, presence: Presence | null, isOutdated: boolean): string | null {
  const { plan, isCurrent, isPlanning } = state;
  if (isPlanning) return "The plan is being made.";
  if (plan === undefined || !isCurrent || presence === null) return "There is no plan to apply.";
  if (presence.kind === "unsupported") return "Its offsets aren't moved here.";
  if (plan.totals.moved === 0) return "There is nothing to move.";
  if (presence.kind === "members") {
    return `Waiting for ${plural(presence.members.length, "member")} to leave. Nothing moves before you confirm it then.`;
  }
  return isOutdated ? "It starts from offsets that the group no longer holds." : null;
}

const NAMED = 4;

function outdatedText(drift: ReadonlyMap<string, string | null>): string {
  const names = [...drift.keys()].slice(0, NAMED).join(", ");
  const more = drift.size > NAMED ? ` and ${plural(drift.size - NAMED, "more", "more")}` : "";
  return `${names}${more} moved since it was made. Applied now, it would be refused.`;
}
