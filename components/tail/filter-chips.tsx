"use client";
import { Chip } from "#components/ui/chip.tsx";
import { plural } from "#lib/format.ts";
import type { TailQueryUrl } from "./tail-url.ts";
import type { SetTailUrl } from "./use-tail-url.ts";

interface FilterChipsProps {
  url: TailQueryUrl;
  setUrl: SetTailUrl;
  singleTopic: boolean;
}

/** What is in force beyond the search box; each can be taken back by itself. */
export function FilterChips({ url, setUrl, singleTopic }: FilterChipsProps) {
  const text = (words: string, value: string) => (
    <>
      <span className="text-ink-2">{words}</span> <span className="mono">{value}</span>
    </>
  );
  return (
    <>
      {url.without && (
        <Chip label="the filter without" onRemove={() => setUrl({ without: null })}>
          {text("without", url.without)}
        </Chip>
      )}
      {url.key !== null && (
        <Chip label="the filter by key" onRemove={() => setUrl({ key: null })}>
          {text("key", url.key === "" ? "(empty)" : url.key)}
        </Chip>
      )}
      {url.header && (
        <Chip label="the filter by header" onRemove={() => setUrl({ header: null })}>
          {text("header", url.header)}
        </Chip>
      )}
      {singleTopic && url.partitions && (
        <Chip label="the choice of partitions" onRemove={() => setUrl({ partitions: null })}>
          {text("partitions", url.partitions)}
        </Chip>
      )}
      {url.case && (
        <Chip label="the difference of case" onRemove={() => setUrl({ case: null })}>
          Case differs
        </Chip>
      )}
      {url.keyAs !== "auto" && (
        <Chip label="the keys' format" onRemove={() => setUrl({ keyAs: null })}>
          {text("keys as", url.keyAs)}
        </Chip>
      )}
      {url.valueAs !== "auto" && (
        <Chip label="the values' format" onRemove={() => setUrl({ valueAs: null })}>
          {text("values as", url.valueAs)}
        </Chip>
      )}
      {url.isolation === "committed" && (
        <Chip label="the choice of committed messages" onRemove={() => setUrl({ isolation: null })}>
          Committed only
        </Chip>
      )}
      {url.quiet !== null && (
        <Chip label="the end by itself" onRemove={() => setUrl({ quiet: null })}>
          <span className="text-ink-2">ends after</span> {plural(url.quiet, "quiet second")}
        </Chip>
      )}
    </>
  );
}
