"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronLeft, ChevronUp, X } from "lucide-react";
import { useCallback, useRef } from "react";
import { MessageDrawer } from "#components/messages/message-drawer.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useSingleKey } from "#components/ui/keys.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { StoredBatch } from "#lib/contracts/segment-batches.ts";
import { plural } from "#lib/format.ts";
import { stretchQuery } from "#lib/queries/messages.ts";
import type { PartitionPlace } from "#lib/queries/segments.ts";
import { OffsetsCell } from "./batch-cells.tsx";
import { BatchFacts } from "./batch-facts.tsx";
import { BatchMessages } from "./batch-messages.tsx";
import { servedWords } from "./batch-words.ts";

interface BatchPanelProps {
  cluster: string;
  place: PartitionPlace;
  batch: StoredBatch;
  /** Whose file it lies in, who leads the partition (null: unknown), and whether the batch is damaged there. */
  source: { readonly broker: number; readonly leader: number | null; readonly isDamaged: boolean };
  /** The message that is open: its offset. */
  message: string | null;
  onMessage: (offset: string | null) => void;
  onClose: () => void;
  /** Left out at the ends of the page. */
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
}

/** An open batch: what its header says, and its messages; or one of these, whole. */
export function BatchPanel(props: BatchPanelProps) {
  const { cluster, place, batch, source, message, onMessage, onClose, onPrevious, onNext } = props;
  const { topic, partition } = place;
  const base = batch.baseOffset ?? "0";
  const served = useInfiniteQuery(stretchQuery(cluster, { topic, partition, offset: base }, batch.lastOffset ?? base));
  const lastOpen = useRef<string | null>(null);
  if (message !== null) lastOpen.current = message;
  const offsets = served.data?.pages.flatMap(({ rows }) =>
    rows.filter((row) => Array.isArray(row)).map((row) => row[1]),
  );
  const at = message === null ? -1 : (offsets?.indexOf(message) ?? -1);
  const previous = at === -1 ? undefined : offsets?.[at - 1];
  const next = at === -1 ? undefined : offsets?.[at + 1];
  const toPrevious = useCallback(() => previous !== undefined && onMessage(previous), [previous, onMessage]);
  const toNext = useCallback(() => next !== undefined && onMessage(next), [next, onMessage]);
  const back = useCallback(() => onMessage(null), [onMessage]);
  const leave = message === null ? onClose : back;
  useSingleKey({ Escape: leave, ...(message !== null && { j: toNext, k: toPrevious }) });
  const onKeyDown = (event: React.KeyboardEvent) => {
    const within = event.currentTarget.contains(event.target as Node);
    if (event.key !== "Escape" || event.defaultPrevented || !within) return;
    event.preventDefault();
    leave();
  };
  if (message !== null) {
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: Esc leaves, wherever inside the focus is
      <div
        className="flex h-full min-h-0 flex-col bg-raised outline-none focus-visible:shadow-none"
        tabIndex={-1}
        ref={takeFocus}
        onKeyDown={onKeyDown}
      >
        <button
          type="button"
          onClick={back}
          className="flex h-8 shrink-0 items-center gap-1 border-line border-b px-gutter text-left text-12 text-ink-2 hover:text-ink [&_svg]:size-3.5"
        >
          <ChevronLeft aria-hidden strokeWidth={1.6} className="-ml-1" />
          <span>
            Batch <OffsetsCell batch={batch} />
          </span>
        </button>
        <div className="min-h-0 flex-1">
          <MessageDrawer
            cluster={cluster}
            topic={topic}
            partition={partition}
            offset={message}
            onClose={back}
            onPrevious={previous === undefined ? undefined : toPrevious}
            onNext={next === undefined ? undefined : toNext}
          />
        </div>
      </div>
    );
  }
  return (
    <aside
      aria-label={`Batch ${base}`}
      className="flex h-full min-h-0 min-w-0 flex-col bg-raised"
      onKeyDown={onKeyDown}
    >
      <header className="flex items-center gap-1 pt-2 pr-2.5 pb-1.5 pl-gutter">
        <h2 className="mr-auto min-w-0 text-13">
          Batch <OffsetsCell batch={batch} />
        </h2>
        <IconButton label="Previous batch" size="sm" disabled={onPrevious === undefined} onClick={onPrevious}>
          <ChevronUp aria-hidden strokeWidth={1.6} />
        </IconButton>
        <IconButton label="Next batch" size="sm" disabled={onNext === undefined} onClick={onNext}>
          <ChevronDown aria-hidden strokeWidth={1.6} />
        </IconButton>
        <IconButton label="Close" size="sm" onClick={onClose}>
          <X aria-hidden strokeWidth={1.6} />
        </IconButton>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <section aria-label="The batch" tabIndex={0} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <BatchFacts batch={batch} />
        <h3 className="border-line-strong border-t px-gutter pt-2 pb-1 text-13">
          {batch.control ? "What it says" : plural(batch.records ?? 0, "message")}{" "}
          <span className="font-regular text-12 text-ink-3">
            {batch.controlType !== null ? "by its first bytes" : servedWords(source.broker, source.leader)}
          </span>
        </h3>
        {source.isDamaged && !batch.control && source.leader !== null && source.leader !== source.broker && (
          <div className="px-gutter pb-2">
            <Notice tone="warn" title={`These are broker ${source.leader}'s.`}>
              The batch in broker {source.broker}'s file is damaged: its bytes aren't shown as messages.
            </Notice>
          </div>
        )}
        <BatchMessages
          cluster={cluster}
          place={place}
          batch={batch}
          served={served}
          lastOpen={lastOpen.current}
          onOpen={onMessage}
        />
      </section>
    </aside>
  );
}

/** The message takes the place of the list that had the focus. */
function takeFocus(box: HTMLDivElement | null) {
  if (document.activeElement === document.body) box?.focus({ preventScroll: true });
}
