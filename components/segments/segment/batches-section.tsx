"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { Values } from "nuqs";
import { useCallback, useMemo, useState } from "react";
import { useZone } from "#components/preferences/preferences.tsx";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { BesideList } from "#components/ui/beside-list.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { ColumnsMenu } from "#components/ui/columns-menu.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Bytes } from "#components/ui/quantity.tsx";
import type { BatchPage, StoredBatch } from "#lib/contracts/segment-batches.ts";
import type { Segment } from "#lib/contracts/segments.ts";
import { plural } from "#lib/format.ts";
import { segmentHref } from "#lib/hrefs.ts";
import { batchesQuery, type PartitionPlace } from "#lib/queries/segments.ts";
import type { segmentUrl } from "../segments-url.ts";
import { batchColumns, withoutRoom } from "./batch-columns.tsx";
import { BatchPanel } from "./batch-panel.tsx";
import { batchesBeside, holdsOffset, isDamaged, pageRows } from "./batch-rows.ts";
import { BatchTable } from "./batch-table.tsx";
import { movedSentence } from "./batch-words.ts";
import { JumpField, PageButtons } from "./batches-bar.tsx";
import { FileStrip } from "./file-strip-view.tsx";
import { NoBatches } from "./no-batches.tsx";
import { type PagesSeen, previousOf, withPage } from "./pages-seen.ts";
import { lastPageFrom, type SegmentPlace, segmentHolding } from "./segment-place.ts";

type SegmentUrl = Values<typeof segmentUrl>;
type Change = { [Key in keyof SegmentUrl]?: SegmentUrl[Key] | null };

interface BatchesSectionProps {
  place: PartitionPlace;
  baseOffset: string;
  page: BatchPage;
  /** The page is the one before: the one that was asked for isn't here yet. */
  waiting: boolean;
  among: SegmentPlace;
  /** Who leads the partition; null: nobody, or it isn't known yet. */
  leader: number | null;
  /** Of the replica that is shown, oldest first. */
  segments: readonly Segment[];
  url: SegmentUrl;
  setUrl: (change: Change, options?: { history: "push" | "replace" }) => unknown;
}

const nonePagesSeen: PagesSeen = new Map();
const replace = { history: "replace" } as const;

/** A page of batches: drawn, as a table, and the one that is open beside it. */
export function BatchesSection(props: BatchesSectionProps) {
  const { place, baseOffset, page, waiting, among, leader, segments, url, setUrl } = props;
  const cluster = useCluster();
  const router = useRouter();
  const zone = useZone();
  const [seen, setSeen] = useState(nonePagesSeen);
  const seenNow = waiting ? seen : withPage(seen, page);
  if (seenNow !== seen) setSeen(seenNow);

  const wanted = useOpenBatch(cluster.name, place, baseOffset, page, url);
  const open = wanted ?? null;
  const beside = open !== null;
  const columns = useMemo(() => batchColumns({ zone, beside }), [zone, beside]);
  const shown = columns.filter(({ id }, index) => index === 0 || !url.hide.includes(id));
  const rows = useMemo(() => pageRows(page.batches, page.damage), [page]);

  const goTo = (position: string | null) => void setUrl({ position, from: null, batch: null, message: null });
  const goToOffset = (offset: string) => {
    const holding = segmentHolding(segments, offset);
    if (holding === null || holding.baseOffset === baseOffset) {
      void setUrl({ position: null, from: offset, batch: null, message: null });
      return;
    }
    const query = { from: offset, ...(url.broker !== null && { broker: String(url.broker) }) };
    router.push(segmentHref(cluster.name, place.topic, place.partition, holding.baseOffset, query));
  };
  const onOpen = useCallback(
    (batch: StoredBatch) => void setUrl({ batch: batch.baseOffset, message: null }, replace),
    [setUrl],
  );
  const onMessage = useCallback((message: string | null) => void setUrl({ message }, replace), [setUrl]);
  const onClose = () => {
    void setUrl({ batch: null, message: null }, replace);
    if (open !== null) focusRow(open.position);
  };

  const moved = waiting ? null : movedSentence(page.batches, url);
  const left = beside ? withoutRoom(zone, url.hide) : [];
  const previous = previousOf(seenNow, page);
  const next = page.nextPosition;
  const last = among.segment === null ? null : lastPageFrom(among.segment, page.batches);
  const pages = {
    onFirst: previous === undefined || !isElsewhere(url) ? undefined : () => goTo(null),
    onPrevious: typeof previous === "string" ? () => goTo(previous === "0" ? null : previous) : previous,
    onNext: next === null ? undefined : () => goTo(next),
    onLast: next === null || last === null ? undefined : () => goToOffset(last),
  };
  const neighbours = open === null ? null : batchesBeside(page.batches, open.position);
  const to = (batch: StoredBatch | null | undefined) => (batch == null ? undefined : () => onOpen(batch));
  return (
    <section aria-label="Batches">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-gutter py-2">
        <h2 className="text-15">Batches</h2>
        <p className="text-12 text-ink-3" aria-live="polite">
          {plural(page.batches.length, "batch", "batches")} on this page, <Bytes value={page.bytesRead} /> read
        </p>
        <span className="ml-auto flex flex-wrap items-center gap-2" hidden={page.fileBytes === "0"}>
          <JumpField onOffset={goToOffset} onByte={goTo} />
          <ColumnsMenu columns={columns} hidden={url.hide} onHiddenChange={(hide) => setUrl({ hide }, replace)} />
          <PageButtons {...pages} />
        </span>
      </div>
      {wanted === null && (
        <div className="px-gutter pb-2">
          <Notice
            title="No batch of this segment holds that offset now."
            action={
              <Button tone="quiet" onClick={onClose}>
                Never mind
              </Button>
            }
          >
            The address names offset {url.batch ?? url.message}: compaction took it away, or it lies in another segment.
          </Notice>
        </div>
      )}
      {moved !== null && (
        <p className="px-gutter pb-2 text-ink-2" role="status">
          {moved}
        </p>
      )}
      <FileStrip page={page} open={open?.position ?? null} onOpen={onOpen} onGo={goTo} />
      <div
        className={cn(
          "grid items-start",
          beside && "md:grid-cols-[minmax(0,1fr)_minmax(340px,36%)] xl:grid-cols-[minmax(0,1fr)_476px]",
        )}
      >
        <div className="@container min-w-0 inert:opacity-60" inert={waiting} aria-busy={waiting}>
          {rows.length === 0 ? (
            <NoBatches page={page} among={among} url={url} onFirst={() => goTo(null)} />
          ) : (
            <>
              {left.length > 0 && (
                <p className="flex flex-wrap gap-x-1.5 px-gutter pt-1.5 pb-1 text-12 text-ink-3 max-lg:hidden">
                  No room beside the batch, which says them itself:
                  {left.map(({ id, header, className }) => (
                    <span key={id} className={cn("text-ink-2", className)}>
                      {header}
                    </span>
                  ))}
                </p>
              )}
              <BatchTable
                label="Batches of the segment"
                columns={shown}
                rows={rows}
                open={open?.position ?? null}
                sought={url.from}
                takesKeys={url.message === null}
                onOpen={onOpen}
              />
              <div className="flex justify-end px-gutter py-2.5">
                <PageButtons {...pages} />
              </div>
            </>
          )}
        </div>
        {open !== null && (
          <BesideList
            label={`Batch ${open.baseOffset}`}
            onClose={url.message === null ? onClose : () => onMessage(null)}
            className="sticky top-bar h-[calc(100dvh-var(--bar)-var(--thumb-bar))] border-t border-t-line-strong"
          >
            <BatchPanel
              key={open.baseOffset}
              cluster={cluster.name}
              place={place}
              batch={open}
              source={{ broker: page.brokerId, leader, isDamaged: isDamaged(open, page.damage) }}
              message={url.message}
              onMessage={onMessage}
              onClose={onClose}
              onPrevious={to(neighbours?.previous)}
              onNext={to(neighbours?.next)}
            />
          </BesideList>
        )}
      </div>
    </section>
  );
}

/** The batch that the address names, or that holds the message it names: on this page, or read for itself. Null: there is none. */
function useOpenBatch(
  cluster: string,
  place: PartitionPlace,
  baseOffset: string,
  page: BatchPage,
  { batch, message, broker }: SegmentUrl,
): StoredBatch | null | undefined {
  const wanted = batch ?? message;
  const held = wanted === null ? undefined : page.batches.find((one) => holdsOffset(one, wanted));
  const elsewhere = useQuery({
    ...batchesQuery(cluster, place, baseOffset, broker ?? undefined, { fromOffset: wanted ?? "0" }),
    enabled: wanted !== null && held === undefined,
  });
  if (wanted === null || held !== undefined) return held;
  if (elsewhere.data === undefined || elsewhere.isPlaceholderData) return undefined;
  return elsewhere.data.batches.find((one) => holdsOffset(one, wanted)) ?? null;
}

function isElsewhere({ position, from }: SegmentUrl): boolean {
  return position !== null || from !== null;
}

/** Where the focus was before the panel had it. */
function focusRow(position: string): void {
  document
    .querySelector<HTMLElement>(`tr[data-position="${position}"] [data-row-link]`)
    ?.focus({ preventScroll: true });
}
