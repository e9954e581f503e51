"use client";
import { typeWords, verdictWords } from "#components/groups/group-words.ts";
import { cn } from "#components/ui/cn.ts";
import { NameFilterField } from "#components/ui/name-filter-field.tsx";
import { type Option, Select } from "#components/ui/select.tsx";
import { groupType, verdictKind } from "#lib/contracts/groups.ts";
import { formatCount } from "#lib/format.ts";
import type { NameFilter } from "#lib/name-filter.ts";
import type { GroupStateFilter, GroupTypeFilter, GroupVerdictFilter } from "#lib/url-state.ts";
import type { GroupsUrl, SetGroupsUrl } from "./use-groups-url.ts";

export const verdictOptions: readonly Option<GroupVerdictFilter>[] = [
  { value: "any", label: "any" },
  { value: "problem", label: "a problem" },
  { value: "stuck-or-abandoned", label: "stuck or abandoned" },
  ...verdictKind.options.map((kind) => ({ value: kind, label: verdictWords[kind].label })),
  { value: "none", label: "none" },
];
export const stateOptions: readonly Option<GroupStateFilter>[] = [
  { value: "any", label: "any" },
  { value: "stable", label: "Stable" },
  { value: "rebalancing", label: "rebalancing" },
  { value: "empty", label: "Empty" },
  { value: "other", label: "other", hint: "NotReady, Dead, unknown" },
];
export const typeOptions: readonly Option<GroupTypeFilter>[] = [
  { value: "any", label: "any" },
  ...groupType.options.map((type) => ({ value: type, label: typeWords[type].label })),
];

interface GroupsFilterBarProps {
  url: GroupsUrl;
  setUrl: SetGroupsUrl;
  nameFilter: NameFilter;
  shown: number;
  total: number;
  loading: boolean;
}

/** Which groups are listed: all of it is in the address. */
export function GroupsFilterBar({ url, setUrl, nameFilter, shown, total, loading }: GroupsFilterBarProps) {
  const chosen = "border-accent-line bg-accent-bg";
  return (
    <search className="z-[15] flex flex-wrap items-center gap-x-3 gap-y-2 bg-bg px-gutter py-2.5 lg:sticky lg:top-bar lg:h-12 lg:flex-nowrap">
      <NameFilterField value={url.q} onValueChange={(q) => setUrl({ q })} invalid={nameFilter.kind === "invalid"} />
      <Select
        prefix="Verdict"
        aria-label="Verdict"
        options={verdictOptions}
        value={url.verdict}
        onValueChange={(verdict) => setUrl({ verdict })}
        className={cn("shrink-0", url.verdict !== "any" && chosen)}
      />
      <Select
        prefix="State"
        aria-label="State"
        options={stateOptions}
        value={url.state}
        onValueChange={(state) => setUrl({ state })}
        className={cn("shrink-0", url.state !== "any" && chosen)}
      />
      <Select
        prefix="Type"
        aria-label="Type"
        options={typeOptions}
        value={url.type}
        onValueChange={(type) => setUrl({ type })}
        className={cn("shrink-0", url.type !== "any" && chosen)}
      />
      <p role="status" className="ml-auto truncate text-ink-2 max-md:w-full">
        {!loading && nameFilter.kind !== "waiting" && (
          <>
            <b className="text-ink">{formatCount(shown)}</b> of {formatCount(total)} groups
          </>
        )}
      </p>
    </search>
  );
}
