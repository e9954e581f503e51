"use client";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { cn } from "#components/ui/cn.ts";
import { NumberField } from "#components/ui/number-field.tsx";
import { Select } from "#components/ui/select.tsx";
import { withMembers } from "#lib/assignment-what-if.ts";
import type { GroupDetail } from "#lib/contracts/groups.ts";
import { groupUrl } from "./group-url.ts";
import { memberNames } from "./member-names.ts";
import { busiestWords, whatIfInput, whatIfWords } from "./what-if-model.ts";

/** More members than this are counted, not drawn. */
const DRAWN = 60;
const MAX_MEMBERS = 1_000;

/** "With 8 members": how the group's assignor would share out the same partitions. */
export function WhatIf({ group }: { group: GroupDetail }) {
  const [{ with: asked, assignor: chosen }, setUrl] = useQueryStates({
    with: groupUrl.with,
    assignor: groupUrl.assignor,
  });
  const input = useMemo(() => whatIfInput(group), [group]);
  const names = useMemo(() => memberNames(group.members ?? []), [group.members]);
  const now = input.present.length;
  const count = Math.min(MAX_MEMBERS, Math.max(1, asked ?? Math.max(1, now)));
  const fallback = input.own ?? input.choices[0] ?? "range";
  const assignor = chosen !== null && input.choices.includes(chosen) ? chosen : fallback;
  const result = useMemo(
    () => withMembers(assignor, input.present, count, input.partitionCounts),
    [assignor, input, count],
  );
  if (input.partitionCounts.size === 0 || group.members === null || group.type === "share" || group.type === "streams")
    return null;
  const busiest = busiestWords(result, group.partitions);
  return (
    <section aria-labelledby="what-if" className="mx-gutter border-line border-t pt-3 pb-4">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
        <h3 id="what-if" className="mr-1">
          With
        </h3>
        <span className="flex items-center gap-2">
          <NumberField
            value={count}
            min={1}
            max={MAX_MEMBERS}
            onValueChange={(value) => setUrl({ with: value === null || value === now ? null : value })}
            className="w-24"
            aria-label="Members"
          />
          <span>{count === 1 ? "member" : "members"} by</span>
        </span>
        <Select
          aria-label="Assignor"
          mono
          value={assignor}
          onValueChange={(value) => setUrl({ assignor: value === fallback ? null : value })}
          options={input.choices.map((value) => ({
            value,
            label: value,
            ...(value === input.own && { hint: "in use" }),
          }))}
        />
        {group.assignor !== null && input.own === null && (
          <span className="text-12 text-ink-3">
            in use: <span className="mono">{group.assignor}</span>, which isn't one of Kafka's own
          </span>
        )}
      </div>
      <p aria-live="polite" className="mt-2 text-pretty text-ink-2">
        {whatIfWords(result)}
        {busiest !== null && ` ${busiest}`}
      </p>
      {result.members.length <= DRAWN && (
        <div aria-hidden className="mt-2 flex h-8 items-end gap-[3px]">
          {result.members.map(({ id, isNew, places }, index) => (
            <span
              key={id}
              title={`${isNew ? `new member ${index - now + 1}` : (names.get(id) ?? id)}: ${places.length}`}
              className={cn(
                "min-w-0 max-w-6 flex-1 rounded-t-[1px]",
                places.length === 0 ? "h-1 border border-mark-2 border-dashed" : isNew ? "bg-accent" : "bg-mark-2",
              )}
              {...(places.length > 0 && { style: { height: `${Math.max(12, (places.length / result.most) * 100)}%` } })}
            />
          ))}
        </div>
      )}
      <p className="mt-1 text-12 text-ink-3">
        A bar a member, as high as it has partitions; <span className="text-accent">new ones</span> stand last. Racks
        are left out of account.
        {now === 0 && " Without members, each topic counts up to the highest partition that was committed."}
      </p>
    </section>
  );
}
