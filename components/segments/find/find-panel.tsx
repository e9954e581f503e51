"use client";
import { DamageList } from "#components/segments/damage-list.tsx";
import type { ReadableReplica } from "#components/segments/shown-replica.ts";
import { ProblemNotice } from "#components/ui/problem-notice.tsx";
import { SkeletonLines, useDelayed } from "#components/ui/skeleton.tsx";
import type { Located } from "#lib/contracts/segment-look-ups.ts";
import type { SegmentList } from "#lib/contracts/segments.ts";
import type { LocateTarget } from "#lib/queries/segments.ts";
import { Answer } from "./answer.tsx";
import { FindForm } from "./find-form.tsx";
import { LookUpSteps } from "./look-up-steps.tsx";
import { useDraft } from "./use-draft.ts";
import type { Find } from "./use-find.ts";

interface FindPanelProps {
  list: SegmentList;
  replica: ReadableReplica;
  find: Find;
  onVerify: () => void;
}

/** Finds a message in the files as the broker does, and shows how. */
export function FindPanel({ list, replica, find, onVerify }: FindPanelProps) {
  const { target, query } = find;
  const draft = useDraft(find);
  const late = useDelayed(query.isFetching);
  return (
    <div className="grid content-start gap-3 px-gutter pt-3 pb-5">
      <h2 className="sr-only">Find a message</h2>
      <FindForm draft={draft} onFind={find.find} onCancel={() => void find.cancel()} running={late} />
      {draft.isWrong ? null : target === null ? (
        <p className="max-w-[64ch] text-pretty text-12 text-ink-2 leading-[18px]">
          Kafka never searches a log from end to end. File names give the segment, a small index the byte to begin at,
          and batch headers lead from there to the record. Find does the same on broker {replica.brokerId}'s files, and
          shows each step with what it read.
        </p>
      ) : (
        <Outcome list={list} replica={replica} find={find} target={target} onVerify={onVerify} />
      )}
    </div>
  );
}

function Outcome({ list, replica, find, target, onVerify }: FindPanelProps & { target: LocateTarget }) {
  const { query } = find;
  if (query.isFetching && query.data === undefined) return <SkeletonLines label="Looking it up" lines={6} />;
  if (query.isError) {
    return (
      <ProblemNotice
        error={query.error}
        title="The look-up failed."
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    );
  }
  if (query.data === undefined)
    return (
      <p role="status" className="text-12 text-ink-2">
        Cancelled. Nothing was found out.
      </p>
    );
  const located = query.data;
  return (
    <section aria-label="The look-up" className="min-w-0">
      <LookUpSteps
        target={target}
        steps={located.steps}
        baseOffsets={replica.segments.map(({ baseOffset }) => baseOffset)}
      />
      <OnTheWay located={located} list={list} />
      <Answer
        located={located}
        target={target}
        place={list}
        around={{ cleanupPolicy: list.retention?.cleanupPolicy ?? null }}
        ofBytes={replica.segments.reduce((sum, { sizeBytes }) => sum + BigInt(sizeBytes), 0n)}
        onFind={find.find}
        onVerify={onVerify}
      />
    </section>
  );
}

const MAX_DAMAGE = 10;

function OnTheWay({ located: { damage, brokerId }, list }: { located: Located; list: SegmentList }) {
  if (damage.length === 0) return null;
  return (
    <div className="border-line border-t pt-1.5 pb-1">
      <h3 className="font-strong">Wrong in the files, met on the way</h3>
      <DamageList label="Damage met on the way" damage={damage.slice(0, MAX_DAMAGE)} place={list} brokerId={brokerId} />
      {damage.length > MAX_DAMAGE && (
        <p className="text-12 text-ink-2">And {damage.length - MAX_DAMAGE} more: a verification names them all.</p>
      )}
    </div>
  );
}
