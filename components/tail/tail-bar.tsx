"use client";
import type { TailSession } from "#lib/tail/tail-session.ts";
import { ColumnsPopover } from "./columns-popover.tsx";
import { CopyLink } from "./copy-link.tsx";
import { FilterChips } from "./filter-chips.tsx";
import { FilterPopover } from "./filter-popover.tsx";
import { FromMenu } from "./from-menu.tsx";
import { HighlightPopover } from "./highlight-popover.tsx";
import { SearchBox } from "./search-box.tsx";
import type { TailUrl } from "./tail-url.ts";
import { TopicsChip } from "./topics-chip.tsx";
import { useTailFigures } from "./use-tail.ts";
import type { SetTailUrl } from "./use-tail-url.ts";

interface TailBarProps {
  session: TailSession;
  url: TailUrl;
  setUrl: SetTailUrl;
  /** In a topic's own page: it has a title, and its topic is not to be chosen. */
  embedded: boolean;
  singleTopic: boolean;
  /** Begins anew, where it began. */
  onRepeat: () => void;
}

/** What is read, from where, which of it, and how it is shown. */
export function TailBar({ session, url, setUrl, embedded, singleTopic, onRepeat }: TailBarProps) {
  // Once a second is often enough for partitions that appear.
  useTailFigures(session);
  const { partitions } = session.positions;
  const read =
    partitions.length === 0
      ? null
      : { topics: new Set(partitions.map(({ topic }) => topic)).size, partitions: partitions.length };
  return (
    <div className="flex flex-none flex-wrap items-center gap-2 px-gutter py-2.5">
      {embedded ? (
        <h2 className="sr-only">Tail</h2>
      ) : (
        <>
          <h1 className="mr-1.5">Tail</h1>
          <TopicsChip
            chosen={{
              topics: url.topics === null || url.topics === "" ? [] : url.topics.split(","),
              pattern: url.topics ? "" : (url.pattern ?? ""),
              internal: url.internal,
            }}
            read={read}
            onChange={({ topics, pattern, internal }) =>
              setUrl(
                {
                  topics: topics.length === 0 ? null : topics.join(","),
                  pattern: pattern === "" ? null : pattern,
                  internal: internal || null,
                  partitions: null,
                  open: null,
                },
                { history: "push" },
              )
            }
          />
        </>
      )}
      <FromMenu from={url.from} singleTopic={singleTopic} onChange={(from) => setUrl({ from })} onRepeat={onRepeat} />
      <SearchBox value={url.contains ?? ""} onChange={(text) => setUrl({ contains: text === "" ? null : text })} />
      <HighlightPopover terms={url.highlight} onChange={(highlight) => setUrl({ highlight })} />
      <FilterPopover url={url} singleTopic={singleTopic} onApply={(filters) => setUrl(filters)} />
      <FilterChips url={url} setUrl={setUrl} singleTopic={singleTopic} />
      <span className="flex-1 max-md:hidden" />
      <ColumnsPopover url={url} setUrl={setUrl} />
      <CopyLink session={session} from={url.from} />
    </div>
  );
}
