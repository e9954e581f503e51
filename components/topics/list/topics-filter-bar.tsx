"use client";
import { cn } from "#components/ui/cn.ts";
import { NameFilterField } from "#components/ui/name-filter-field.tsx";
import { Select } from "#components/ui/select.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { formatCount } from "#lib/format.ts";
import type { NameFilter } from "#lib/name-filter.ts";
import type { TopicHealthFilter } from "#lib/url-state.ts";
import type { SetTopicsUrl, TopicsUrl } from "./use-topics-url.ts";

export const healthOptions: readonly { value: TopicHealthFilter; label: string }[] = [
  { value: "any", label: "any" },
  { value: "not-in-sync", label: "not in sync" },
  { value: "offline", label: "offline" },
  { value: "under-min-isr", label: "under min ISR" },
  { value: "under-replicated", label: "under-replicated" },
  { value: "in-sync", label: "all in sync" },
];

interface TopicsFilterBarProps {
  url: TopicsUrl;
  setUrl: SetTopicsUrl;
  nameFilter: NameFilter;
  shown: number;
  total: number;
  internal: number;
  hiddenInternal: number;
  loading: boolean;
}

/** Which topics are listed: all of it is in the address. */
export function TopicsFilterBar({ url, setUrl, nameFilter, loading, ...counts }: TopicsFilterBarProps) {
  return (
    <search className="z-[15] flex flex-wrap items-center gap-x-3 gap-y-2 bg-bg px-gutter py-2.5 md:sticky md:top-bar md:h-12 md:flex-nowrap">
      <NameFilterField value={url.q} onValueChange={(q) => setUrl({ q })} invalid={nameFilter.kind === "invalid"} />
      <Select
        prefix="Health"
        aria-label="Health"
        options={healthOptions}
        value={url.health}
        onValueChange={(health) => setUrl({ health })}
        className={cn("shrink-0", url.health !== "any" && "border-accent-line bg-accent-bg")}
      />
      <Switch
        checked={url.internal}
        onCheckedChange={(internal) => setUrl({ internal })}
        label="Internal topics"
        aside={loading ? undefined : formatCount(counts.internal)}
        className="shrink-0"
      />
      <FilterCount
        {...counts}
        loading={loading || nameFilter.kind === "waiting"}
        showInternal={() => setUrl({ internal: true })}
        filtered={url.q !== "" || url.health !== "any"}
      />
    </search>
  );
}

type FilterCountProps = Pick<TopicsFilterBarProps, "shown" | "total" | "hiddenInternal" | "loading"> & {
  filtered: boolean;
  showInternal: () => void;
};

function FilterCount({ shown, total, hiddenInternal, filtered, loading, showInternal }: FilterCountProps) {
  return (
    <p role="status" className="ml-auto truncate text-ink-2 max-md:w-full">
      {!loading && (
        <>
          <b className="text-ink">{formatCount(shown)}</b> of {formatCount(total)} topics
          {filtered && hiddenInternal > 0 && shown > 0 && (
            <>
              {" · "}
              <button type="button" className="link rounded-1" onClick={showInternal}>
                {hiddenInternal === 1
                  ? "1 internal topic matches too"
                  : `${formatCount(hiddenInternal)} internal ones match too`}
              </button>
            </>
          )}
        </>
      )}
    </p>
  );
}
