"use client";
import { Undo2 } from "lucide-react";
import type { Route } from "next";
import { useEffect, useId, useRef, useState } from "react";
import { TypeTheName } from "#components/groups/delete/type-the-name.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import type { OffsetPlan } from "#lib/contracts/offset-resets.ts";
import { plural } from "#lib/format.ts";
import { mayHaveHappened, ProblemError } from "#lib/problem.ts";
import { offsetsCsvUrl } from "#lib/queries/groups.ts";
import { HeadlineWords } from "./plan-headline.tsx";
import { headlineOf } from "./plan-words.ts";

interface ConfirmBarProps {
  group: string;
  /** Null: there is none that could be applied. */
  plan: OffsetPlan | null;
  /** The plan is an undo. */
  takesBack: boolean;
  /** Why it can't be applied now; null: it can. */
  hold: string | null;
  /** The plan's ground moved: only a new plan helps. */
  outdated: string | null;
  /** Null: not known yet. */
  undoable: boolean | null;
  cancelHref: Route;
  onApply: () => void;
  onPlanAgain: () => void;
  applying: boolean;
  error: unknown;
}

const OUTDATED = new Set(["plan-outdated", "offset-out-of-range"]);

/** The foot of a plan: can it be undone, what holds it up, and the one button that acts. */
export function ConfirmBar(props: ConfirmBarProps) {
  const { group, plan, takesBack, hold, outdated, undoable, cancelHref, onApply, onPlanAgain, applying, error } = props;
  const cluster = useCluster();
  /** What was typed about one plan says nothing about the next. */
  const [confirmation, setConfirmation] = useState<{ plan: OffsetPlan | null; typed: string }>({ plan, typed: "" });
  const typed = confirmation.plan === plan ? confirmation.typed : "";
  const moved = plan?.totals.moved ?? null;
  const isForGood = undoable === false && skipsForGood(plan);
  const isMovable = hold === null && plan !== null;
  const ready = isMovable && (!isForGood || typed === group) && (undoable !== null || !skipsForGood(plan));
  const reasonId = useId();
  const headlineId = useId();
  const refusal = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What was refused, and what to do about it, where the keyboard is.
    if (error !== null) refusal.current?.querySelector<HTMLElement>("button, a")?.focus();
  }, [error]);
  const needsPlan = error instanceof ProblemError && OUTDATED.has(error.code);
  return (
    <footer className="sticky bottom-thumb-bar z-10 border-line-strong border-t bg-bg px-gutter py-3">
      {error !== null && (
        <div ref={refusal} className="mb-3 max-h-[30vh] overflow-y-auto">
          {needsPlan ? (
            <Notice
              tone="crit"
              role="alert"
              title="Nothing was moved: the plan is outdated."
              action={<Button onClick={onPlanAgain}>Plan again</Button>}
            >
              {error.message}
            </Notice>
          ) : mayHaveHappened(error) ? (
            <>
              <ProblemNotice error={error} title="It isn't known whether anything was moved." />
              <p className="mt-1.5 text-ink-2">
                Look at what the group holds, or at Changes. Applied again, this plan is refused where something moved.
              </p>
            </>
          ) : (
            <ProblemNotice error={error} title="Nothing was moved." />
          )}
        </div>
      )}
      {outdated !== null && !needsPlan && (
        <Notice
          tone="warn"
          role="status"
          title="The plan is outdated."
          action={<Button onClick={onPlanAgain}>Plan again</Button>}
          className="mb-3"
        >
          {outdated}
        </Notice>
      )}
      {isMovable && (
        <p id={headlineId} className="mb-1 text-pretty font-strong">
          <HeadlineWords headline={headlineOf(plan, takesBack)} />
        </p>
      )}
      {isMovable && isForGood && (
        <TypeTheName
          name={group}
          typed={typed}
          onTypedChange={(next) => setConfirmation({ plan, typed: next })}
          to="move it for good"
          className="mb-2 max-w-96"
        />
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Undo2 aria-hidden className="size-4 text-ink-2 max-lg:hidden" strokeWidth={1.6} />
        <p id={reasonId} role="status" className="min-w-0 flex-1 basis-64 text-pretty text-ink-2">
          {hold ?? <UndoWords undoable={undoable} />}
          {hold === null && undoable === false && plan?.exists === true && (
            <>
              {" "}
              <a href={offsetsCsvUrl(cluster.name, group)} download className="link underline">
                Export CSV
              </a>{" "}
              keeps them.
            </>
          )}
        </p>
        <div className="ml-auto flex min-w-0 gap-3">
          <LinkButton href={cancelHref} tone="quiet" size="lg">
            Cancel
          </LinkButton>
          <Button
            tone="danger"
            size="lg"
            disabled={!ready}
            pending={applying}
            aria-describedby={isMovable ? `${headlineId} ${reasonId}` : reasonId}
            onClick={onApply}
            className="min-w-0 shrink"
          >
            <span className="truncate">{moved ? `Move ${plural(moved, "partition")} of ${group}` : "Move"}</span>
          </Button>
        </div>
      </div>
    </footer>
  );
}

/** Messages that nobody would ever read without a way back. */
function skipsForGood(plan: OffsetPlan | null): boolean {
  return plan !== null && plan.totals.skipped !== "0";
}

function UndoWords({ undoable }: { undoable: boolean | null }) {
  if (undoable === null) return null;
  if (!undoable) return "Can't be undone from here: the present offsets are not recorded.";
  return (
    <>
      Can be undone: the present offsets are recorded with the change, and <b className="text-ink">Undo</b> is a new
      plan from them.
    </>
  );
}
