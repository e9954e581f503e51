"use client";
import { RotateCw } from "lucide-react";
import { useMemo, useState } from "react";
import { RecordingNote } from "#components/changes/recording-note.tsx";
import { Since } from "#components/ui/age.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Notice } from "#components/ui/notice.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import type { OffsetPlan, PlannedMove } from "#lib/contracts/offset-resets.ts";
import { formatCount, plural } from "#lib/format.ts";
import type { GroupCommand } from "#lib/group-commands.ts";
import { MovesTable } from "./moves-table.tsx";
import { PlanHeadline } from "./plan-headline.tsx";
import type { Presence } from "./plan-moves.ts";
import { PlanProblems } from "./plan-problems.tsx";
import { filterMoves, headlineOf, headlineText, type PlanFilter } from "./plan-words.ts";
import { ShellCommand } from "./shell-command.tsx";
import type { PlanState } from "./use-reset-plan.ts";
import { HowToStop, WaitingForMembers } from "./waiting-for-members.tsx";

/** What in a plan can be changed on its page. */
export interface PlanEditing {
  readonly editCount: number;
  readonly edit: (moves: readonly PlannedMove[], offset: string | null | undefined) => void;
  readonly clear: () => void;
  /** Null: the target isn't a moment. */
  readonly chooseMoment: ((ms: number) => void) | null;
}

interface PlanPaneProps {
  state: PlanState;
  /** What is missing before anything can be planned; null: nothing. */
  todo: string | null;
  presence: Presence | null;
  drift: ReadonlyMap<string, string | null>;
  editing: PlanEditing | null;
  command: GroupCommand | null;
  headingRef: React.Ref<HTMLHeadingElement>;
  /** The plan is an undo. */
  takesBack: boolean;
}

/** The plan: what it does in a sentence, every move, who is in the way, and the same as a command. */
export function PlanPane({ state, todo, presence, drift, editing, command, headingRef, takesBack }: PlanPaneProps) {
  const { plan, isCurrent, isPlanning, error, planAgain } = state;
  return (
    <section aria-label="Plan" aria-busy={isPlanning} className="min-w-0 px-gutter pt-3.5 pb-6 xl:pl-6">
      <div className="flex min-h-ctl flex-wrap items-center gap-x-3 text-12 text-ink-3">
        <p>
          {plan !== undefined && isCurrent ? (
            <>
              Plan, made by the server <Since sinceMs={plan.observedAtMs} /> ago. Nothing has changed yet.
            </>
          ) : isPlanning ? (
            "The server works out the plan. Nothing changes."
          ) : plan === undefined ? (
            "No plan yet."
          ) : (
            "The plan of before, which is no longer what the form asks for."
          )}
        </p>
        {plan !== undefined && todo === null && (
          <Button tone="quiet" pending={isPlanning} onClick={planAgain} className="-my-1">
            <RotateCw aria-hidden strokeWidth={1.6} />
            Plan again
          </Button>
        )}
      </div>
      <p role="status" className="sr-only">
        {isCurrent && plan !== undefined ? headlineText(headlineOf(plan, takesBack)) : ""}
      </p>
      <ProblemNotice
        error={error}
        title="There is no plan for this."
        onRetry={planAgain}
        retrying={isPlanning}
        className="mb-3"
      />
      {todo !== null && (
        <div className={cn(plan === undefined ? "pt-1" : "mb-3 rounded-2 bg-sunken px-3 py-2.5")}>
          <h2>{todo}</h2>
          <p className="mt-0.5 max-w-[68ch] text-pretty text-ink-2">
            The server then works out what would be read again and what would never be read. Nothing changes until you
            confirm it.
          </p>
        </div>
      )}
      {plan === undefined ? (
        todo === null && isPlanning && <SkeletonLines label="Making the plan" lines={8} />
      ) : (
        <div className={cn("transition-opacity", !isCurrent && "opacity-55")}>
          <PlanBody
            plan={plan}
            drift={drift}
            editing={editing}
            beside={presence && <Beside plan={plan} presence={presence} command={command} />}
            headingRef={headingRef}
            takesBack={takesBack}
            isUnsupported={presence?.kind === "unsupported"}
          />
        </div>
      )}
    </section>
  );
}

interface PlanBodyProps {
  plan: OffsetPlan;
  drift: ReadonlyMap<string, string | null>;
  editing: PlanEditing | null;
  /** Who is in the way, the record, the command: below the table, or above one that is screens long. */
  beside: React.ReactNode;
  isUnsupported: boolean;
  headingRef: React.Ref<HTMLHeadingElement>;
  takesBack: boolean;
}

/** More rows than this and what stands beside the plan would be out of sight. */
const LONG = 60;
/** Fewer rows than this are seen at a glance. */
const FILTERED_FROM = 13;

function PlanBody({ plan, drift, editing, beside, isUnsupported, headingRef, takesBack }: PlanBodyProps) {
  const [filter, setFilter] = useState<PlanFilter>("all");
  const shown = useMemo(() => filterMoves(plan.moves, filter), [plan, filter]);
  const onEdit = useMemo(
    () =>
      editing === null ? null : (move: PlannedMove, offset: string | null | undefined) => editing.edit([move], offset),
    [editing],
  );
  if (isUnsupported) return beside;
  const isLong = plan.moves.length > LONG;
  const unreadable = plan.moves.filter(({ flags }) => flags.includes("unreadable")).length;
  const count = (name: PlanFilter) => formatCount(filterMoves(plan.moves, name).length);
  return (
    <>
      <PlanHeadline
        plan={plan}
        takesBack={takesBack}
        headingRef={headingRef}
        remedy={editing && { chooseMoment: editing.chooseMoment, keep: (moves) => editing.edit(moves, null) }}
      />
      {!plan.exists && (
        <Notice title={`${plan.group === "" ? "This group" : plan.group} doesn't exist yet.`} className="mt-3">
          Moving its offsets makes it: an empty group of type classic, which its first consumer then joins.
        </Notice>
      )}
      {plan.mayBeOverwritten && (
        <Notice tone="warn" title="It commits although it has no members." className="mt-3">
          Its consumer assigns partitions by hand, as Flink and Spark do, and Kafka can't tell whether it runs. Stop it
          first: else its next commit overwrites what is moved here.
        </Notice>
      )}
      {unreadable > 0 && (
        <Notice tone="warn" title={`${plural(unreadable, "partition")} can't be read now.`} className="mt-3">
          {unreadable === 1 ? "Its leader doesn't" : "Their leaders don't"} answer. Applied now, the plan leaves{" "}
          {unreadable === 1 ? "it where it is" : "them where they are"}; plan again when the brokers are back.
        </Notice>
      )}
      <PlanProblems problems={plan.problems} className="mt-3" />
      {(editing?.editCount ?? 0) > 0 && (
        <p className="mt-2 text-ink-2">
          {plural(editing?.editCount ?? 0, "partition")} set by hand.{" "}
          <button type="button" className="link" onClick={editing?.clear}>
            Back to the plan without
          </button>
        </p>
      )}
      {isLong && beside}
      {plan.moves.length >= FILTERED_FROM && (
        <SegmentedControl
          aria-label="Which partitions are shown"
          options={[
            { value: "all", label: `All ${count("all")}` },
            { value: "moves", label: `Moved ${count("moves")}` },
            { value: "skips", label: `Skips ${count("skips")}` },
            { value: "notes", label: `With a note ${count("notes")}` },
          ]}
          value={filter}
          onValueChange={setFilter}
          className="mt-3 max-w-full flex-wrap"
        />
      )}
      {plan.moves.length > 0 && (
        <div className="mt-2">
          <MovesTable plan={plan} moves={shown} drift={drift} onEdit={onEdit} />
        </div>
      )}
      {plan.moves.length > 0 && shown.length === 0 && (
        <p className="py-3 text-ink-2">No partition of the plan is of this kind.</p>
      )}
      {!isLong && beside}
    </>
  );
}

interface BesideProps {
  plan: OffsetPlan;
  presence: Presence;
  command: GroupCommand | null;
}

function Beside({ plan, presence, command }: BesideProps) {
  const own = presence.kind === "unsupported" ? presence.command : null;
  const shell = own === null ? command : { command: own, file: null };
  return (
    <div className="mt-[18px] grid gap-x-7 gap-y-4 border-line-strong border-t pt-3.5 xl:grid-cols-[minmax(0,1fr)_minmax(0,452px)]">
      <div className="min-w-0">
        <PresenceBlock presence={presence} />
        <RecordingNote className="mt-3 first:mt-0" />
      </div>
      <div className="grid min-w-0 content-start gap-4">
        {presence.kind === "members" && (
          <HowToStop
            type={plan.type}
            members={presence.members}
            sessionTimeoutMs={plan.refusal?.sessionTimeoutMs ?? null}
          />
        )}
        {shell !== null && <ShellCommand command={shell} />}
      </div>
    </div>
  );
}

function PresenceBlock({ presence }: { presence: Presence }) {
  switch (presence.kind) {
    case "members":
      return <WaitingForMembers members={presence.members} observedAtMs={presence.observedAtMs} />;
    case "unsupported":
      return (
        <Notice tone="warn" title="Its offsets aren't moved here.">
          {presence.detail}
        </Notice>
      );
    case "empty":
      return presence.emptied ? (
        <Notice title="The group is empty now." className="mb-3">
          Nothing was moved. Confirm below when you are ready.
        </Notice>
      ) : null;
  }
}
