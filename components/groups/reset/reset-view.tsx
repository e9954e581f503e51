"use client";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useCallback, useMemo, useState } from "react";
import { severityWords, stateWords, verdictWords } from "#components/groups/group-words.ts";
import { useZone } from "#components/preferences/preferences.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { StaleNotice } from "#components/shell/stale-notice.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { useLinkToForm } from "#components/ui/use-link-to-form.ts";
import type { GroupDetail } from "#lib/contracts/groups.ts";
import type { OffsetPlan, PlannedMove } from "#lib/contracts/offset-resets.ts";
import { plural } from "#lib/format.ts";
import { resetOffsetsCommand } from "#lib/group-commands.ts";
import { groupHref, groupsHref } from "#lib/hrefs.ts";
import { ProblemError } from "#lib/problem.ts";
import { groupQuery } from "#lib/queries/groups.ts";
import type { PlanRequest } from "#lib/queries/offset-resets.ts";
import { OffsetReview } from "./offset-review.tsx";
import type { PlanEditing } from "./plan-pane.tsx";
import { targetText } from "./plan-words.ts";
import {
  type ResetForm,
  readForm,
  resetFormFromQuery,
  resetFormToQuery,
  scopeOf,
  topicsOfGroup,
  withEdit,
} from "./reset-form.ts";
import { ScopeFields } from "./scope-fields.tsx";
import { TargetFields } from "./target-fields.tsx";
import { useResetPlan } from "./use-reset-plan.ts";

/** Moves a group's committed offsets: said in a form, planned by the server, reviewed, then applied by one click. */
export function ResetView({ group }: { group: string }) {
  const cluster = useCluster();
  const zone = useZone();
  const query = useSearchParams();
  const [form, setForm] = useState<ResetForm>(() => resetFormFromQuery(new URLSearchParams(query.toString())));
  const [applications, setApplications] = useState(0);
  const change = useCallback((part: Partial<ResetForm>) => setForm((before) => ({ ...before, ...part })), []);
  useLinkToForm(new URLSearchParams(resetFormToQuery(form)).toString());

  const groupNow = useQuery(groupQuery(cluster.name, group));
  const missing = groupNow.error instanceof ProblemError && groupNow.error.code === "group-not-found";
  const known = missing ? undefined : groupNow.data;
  // A group's offsets change all the time, its topics hardly ever.
  const topicsKey = JSON.stringify(topicsOfGroup(known));
  const ofGroup = useMemo(() => JSON.parse(topicsKey) as string[], [topicsKey]);
  const reading = useMemo(() => readForm(form, ofGroup, zone), [form, ofGroup, zone]);
  const request = reading.ok ? reading.request : null;
  const isReadingTopics = groupNow.isPending && form.topics === null && scopeOf(form) === "topics" && form.to !== null;
  const todo = reading.ok ? null : isReadingTopics ? "Reading which topics the group has." : reading.todo;
  const state = useResetPlan(cluster.name, group, request);
  const editing = useEditing(form, setForm, change);
  const disabled = cluster.readOnly;
  return (
    <>
      <PageHead
        crumbs={[
          { label: "Groups", href: groupsHref(cluster.name) },
          { label: group === "" ? "(empty id)" : group, href: groupHref(cluster.name, group), mono: true },
        ]}
        title="Reset offsets"
        actions={<GroupTags group={known} missing={missing} />}
      />
      {!missing && <StaleNotice query={groupNow} />}
      <OffsetReview
        key={applications}
        group={group}
        state={state}
        todo={todo}
        record={{
          target: request === null ? "" : targetText(request, form.csv.fileName, state.plan ?? null),
          undoes: null,
        }}
        command={
          request === null || state.plan === undefined ? null : commandOf(cluster.bootstrap, request, state.plan)
        }
        editing={disabled ? null : editing}
        cancelHref={missing ? groupsHref(cluster.name) : groupHref(cluster.name, group)}
        onMoveAgain={() => {
          setApplications((count) => count + 1);
          state.planAgain();
        }}
        form={
          <form
            aria-label="What to move and where"
            noValidate
            onSubmit={(event) => event.preventDefault()}
            className="min-w-0 content-start border-line-strong px-gutter pt-3.5 pb-5 max-xl:border-b md:max-xl:grid md:max-xl:grid-cols-2 md:max-xl:gap-x-8 xl:border-r"
          >
            {disabled && (
              <Notice title="This cluster is read-only here." className="col-span-full mb-3">
                A plan can be made, and nothing is moved.
              </Notice>
            )}
            <ScopeFields
              form={form}
              onChange={change}
              ofGroup={ofGroup}
              isKnown={missing || known !== undefined}
              disabled={false}
            />
            <TargetFields form={form} onChange={change} group={group} disabled={false} />
          </form>
        }
      />
    </>
  );
}

function GroupTags({ group, missing }: { group: GroupDetail | undefined; missing: boolean }) {
  if (missing) return <Tag glyph="ring">doesn't exist yet</Tag>;
  if (group === undefined) return null;
  const { label, glyph, tone } = stateWords[group.state];
  const verdict = group.verdicts.find(({ severity }) => severity !== "info");
  return (
    <>
      {verdict !== undefined && (
        <Tag tone={severityWords[verdict.severity].tone} glyph={severityWords[verdict.severity].glyph}>
          {verdictWords[verdict.kind].label}
        </Tag>
      )}
      <Tag tone={tone} glyph={glyph}>
        {label}
        {group.members !== null && ` · ${plural(group.members.length, "member")}`}
      </Tag>
    </>
  );
}

/** What the plan's own table and headline change in the form. */
function useEditing(
  form: ResetForm,
  setForm: React.Dispatch<React.SetStateAction<ResetForm>>,
  change: (part: Partial<ResetForm>) => void,
): PlanEditing {
  const isMoment = form.to === "timestamp" || form.to === "ago";
  const editCount = form.edits.length;
  return useMemo(
    () => ({
      editCount,
      edit: (moves: readonly PlannedMove[], offset: string | null | undefined) =>
        setForm((before) => ({
          ...before,
          edits: moves.reduce((edits, move) => withEdit(edits, move, offset), before.edits),
        })),
      clear: () => change({ edits: [] }),
      chooseMoment: isMoment ? (ms: number) => change({ to: "timestamp", at: new Date(ms).toISOString() }) : null,
    }),
    [editCount, isMoment, setForm, change],
  );
}

function commandOf(bootstrap: string, { scope, target, edits = [] }: PlanRequest, { group, moves }: OffsetPlan) {
  return resetOffsetsCommand(bootstrap, { group, scope, target, edits, moves });
}
