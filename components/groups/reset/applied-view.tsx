"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useRef } from "react";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { Offset, Unknown } from "#components/ui/quantity.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { GroupDetail } from "#lib/contracts/groups.ts";
import type { MoveOutcome } from "#lib/contracts/offset-resets.ts";
import { formatCount, plural } from "#lib/format.ts";
import { changeHref, groupHref, undoChangeHref } from "#lib/hrefs.ts";
import { mayHaveHappened } from "#lib/problem.ts";
import { groupQuery } from "#lib/queries/groups.ts";
import { type Applied, partitionKey } from "./plan-moves.ts";
import type { ApplyResult } from "./use-apply-moves.ts";

interface AppliedViewProps {
  group: string;
  result: ApplyResult;
  onRetry: () => void;
  isRetrying: boolean;
  retryError: unknown;
  /** Back to a plan; null where there is none to go back to. */
  onPlanAgain: (() => void) | null;
}

/** So many rows are shown; those that failed come first. */
const SHOWN = 500;

const outcomes = {
  moved: { glyph: "tick", word: "moved" },
  failed: { glyph: "octagon", word: "failed" },
  overwritten: { glyph: "triangle", word: "overwritten" },
  unknown: { glyph: "dash", word: "unknown" },
} as const satisfies Record<MoveOutcome["outcome"], object>;

/** What became of a plan: by partition, read back; with what is left to retry, the change on record, and the way back. */
export function AppliedView({ group, result, onRetry, isRetrying, retryError, onPlanAgain }: AppliedViewProps) {
  const cluster = useCluster();
  const query = useQuery(groupQuery(cluster.name, group));
  const { applied, changes, recordProblem, answeredAtMs } = result;
  const live = query.dataUpdatedAt >= answeredAtMs ? query.data : undefined;
  const unsettled = applied.filter(({ outcome }) => outcome.outcome !== "moved");
  const moved = applied.length - unsettled.length;
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what happened is read from its beginning, after each attempt
  useEffect(() => heading.current?.focus(), [result]);
  return (
    <div className="flex-1 border-line-strong border-t px-gutter pt-[18px] pb-10">
      <h2 ref={heading} tabIndex={-1} className="flex items-baseline gap-2.5 text-20 leading-7 outline-none">
        <Glyph shape={unsettled.length === 0 ? "tick" : "octagon"} className="relative top-0.5" />
        <span className="min-w-0 [overflow-wrap:anywhere]">{headline(group, moved, unsettled.length)}</span>
      </h2>
      <p className="mt-1 max-w-[80ch] text-pretty text-ink-2">
        {unsettled.length === 0
          ? "Each offset was read back from the coordinator after it was written. The group's consumers can be started again."
          : "Each offset was read back where the coordinator answered. A retry looks again first, and sends only what is still where it was."}
      </p>
      {recordProblem !== null && (
        <Notice tone="warn" title="The record of it is not complete." className="mt-3 max-w-[920px]">
          {recordProblem}
        </Notice>
      )}
      <ProblemNotice
        error={retryError}
        title={mayHaveHappened(retryError) ? "No outcome of the retry came back." : "The retry was refused."}
        className="mt-3 max-w-[920px]"
      />
      <div className="mt-3 flex flex-wrap items-center gap-2">
        {unsettled.length > 0 && (
          <Button tone="primary" size="lg" pending={isRetrying} onClick={onRetry}>
            Retry {plural(unsettled.length, "partition")}
          </Button>
        )}
        {changes.length === 1 && changes[0] !== undefined && (
          <LinkButton href={undoChangeHref(cluster.name, changes[0])} size="lg">
            Undo
          </LinkButton>
        )}
        <LinkButton href={groupHref(cluster.name, group)} size="lg">
          Open the group
        </LinkButton>
        {onPlanAgain !== null && (
          <Button size="lg" tone="quiet" onClick={onPlanAgain}>
            Move again
          </Button>
        )}
      </div>
      <ul className="mt-2 text-ink-2">
        {changes.map((change, index) => (
          <li key={change}>
            On record as{" "}
            <Link href={changeHref(cluster.name, change)} className="link mono">
              {change}
            </Link>
            {changes.length > 1 && (
              <>
                {" "}
                ({index === 0 ? "the first attempt" : "a retry"}),{" "}
                <Link href={undoChangeHref(cluster.name, change)} className="link">
                  undo it
                </Link>
              </>
            )}
            .
          </li>
        ))}
      </ul>
      <section
        aria-label="Outcomes"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="mt-4 max-w-[920px] overflow-x-auto focus-visible:shadow-focus"
      >
        <OutcomeTable applied={applied} live={live} />
      </section>
      {applied.length > SHOWN && (
        <p className="mt-1 text-12 text-ink-3">
          and {plural(applied.length - SHOWN, "more", "more")}; all of them are in the change.
        </p>
      )}
    </div>
  );
}

function headline(group: string, moved: number, left: number): string {
  const name = group === "" ? "the group with the empty id" : group;
  if (left === 0) return `Moved ${plural(moved, "partition")} of ${name}.`;
  if (moved === 0)
    return `Moved nothing of ${name}: ${plural(left, "partition")} ${left === 1 ? "was" : "were"} not confirmed.`;
  return `Moved ${formatCount(moved)} of ${plural(moved + left, "partition")} of ${name}; ${formatCount(left)} ${left === 1 ? "was" : "were"} not confirmed.`;
}

function OutcomeTable({ applied, live }: { applied: readonly Applied[]; live: GroupDetail | undefined }) {
  const rows = applied
    .toSorted((a, b) => Number(a.outcome.outcome === "moved") - Number(b.outcome.outcome === "moved"))
    .slice(0, SHOWN);
  const reasons = rows.some(({ outcome }) => outcome.detail !== null);
  const lags = new Map((live?.partitions ?? []).map((each) => [partitionKey(each), each.lag] as const));
  return (
    <Table label="Outcomes by partition" className={reasons ? "min-w-[720px]" : "min-w-[480px]"}>
      <thead>
        <tr>
          <Th>Partition</Th>
          <Th right>Before</Th>
          <Th right>Now</Th>
          <Th>Outcome</Th>
          <Th right>Lag now</Th>
          {reasons && <Th>Reason</Th>}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ move, outcome }) => {
          const { glyph, word } = outcomes[outcome.outcome];
          const key = partitionKey(move);
          const lag = lags.get(key) ?? null;
          return (
            <tr key={key}>
              <Td className="mono">{key}</Td>
              <Td right>
                <Held offset={move.from} />
              </Td>
              <Td right>{outcome.outcome === "unknown" ? <Unknown /> : <Held offset={outcome.committedOffset} />}</Td>
              <Td>
                <span className="inline-flex items-center gap-1.5 align-middle">
                  <Glyph shape={glyph} />
                  {word}
                </span>
              </Td>
              <Td right>{lag === null ? <Unknown /> : formatCount(lag)}</Td>
              {reasons && <Td className="whitespace-normal text-ink-2">{outcome.detail}</Td>}
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

function Held({ offset }: { offset: string | null }) {
  return offset === null ? <span className="text-ink-2">no commit</span> : <Offset value={offset} />;
}
