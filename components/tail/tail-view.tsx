"use client";
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { MessageDrawer } from "#components/messages/message-drawer.tsx";
import { BesideList } from "#components/ui/beside-list.tsx";
import { cn } from "#components/ui/cn.ts";
import { writeToClipboard } from "#components/ui/copy-button.tsx";
import type { TailSearch } from "#lib/tail/tail-client.ts";
import { isMessage } from "#lib/tail/tail-entry.ts";
import type { TailSession } from "#lib/tail/tail-session.ts";
import type { CellChoice } from "./cell-menu.tsx";
import { NewerPill } from "./newer-pill.tsx";
import { TailBar } from "./tail-bar.tsx";
import { TailEmpty } from "./tail-empty.tsx";
import { TailFoot } from "./tail-foot.tsx";
import { tailLayout } from "./tail-layout.ts";
import { TailList } from "./tail-list.tsx";
import { TailStart } from "./tail-start.tsx";
import { TailStrip } from "./tail-strip.tsx";
import {
  formatAddress,
  MAX_HIGHLIGHTS,
  MAX_PINNED,
  type MessageAddress,
  parseAddress,
  type TailUrl,
  tailSearchOf,
} from "./tail-url.ts";
import { useTail } from "./use-tail.ts";
import { type SetTailUrl, useTailUrl } from "./use-tail-url.ts";

interface TailViewProps {
  cluster: string;
  /** Only this topic, inside its own page; left out: what the address says, or a choice of topics. */
  topic?: string;
}

const MIN_ROWS = 1_000;
const MAX_ROWS = 50_000;

/** Messages as they arrive. All that is chosen is in the address. */
export function TailView({ cluster, topic }: TailViewProps) {
  const [url, setUrl] = useTailUrl();
  const search = tailSearchOf(topic === undefined ? url : { ...url, topics: topic, pattern: null });
  if (search === null) return <TailStart />;
  return <RunningTail cluster={cluster} topic={topic} url={url} setUrl={setUrl} search={search} />;
}

interface RunningTailProps {
  cluster: string;
  topic: string | undefined;
  url: TailUrl;
  setUrl: SetTailUrl;
  search: TailSearch;
}

function RunningTail({ cluster, topic, url, setUrl, search }: RunningTailProps) {
  const [run, setRun] = useState(0);
  const session = useTail(cluster, search, Math.min(MAX_ROWS, Math.max(MIN_ROWS, url.rows)), run);
  const singleTopic = search.topics !== undefined && !search.topics.includes(",");
  const layout = useMemo(
    () => tailLayout({ columns: url.columns, pinned: url.pin, time: url.time, bare: singleTopic }),
    [url.columns, url.pin, url.time, singleTopic],
  );
  const highlights = url.highlight.slice(0, MAX_HIGHLIGHTS);
  // What was looked for is marked, too, where it was found.
  const terms = useMemo(
    () => [...url.highlight.slice(0, MAX_HIGHLIGHTS), ...(url.contains ? [url.contains] : [])],
    [url.highlight, url.contains],
  );
  const open = useMemo(() => parseAddress(url.open), [url.open]);
  const setOpen = (address: MessageAddress | null) =>
    void setUrl({ open: address === null ? null : formatAddress(address) });
  const isOpen = open !== null;
  useEffect(() => {
    if (!isOpen) session.endReason("message");
  }, [isOpen, session]);
  const choose = ({ part, act }: CellChoice) => {
    if (act.kind === "copy") void writeToClipboard(act.text);
    else if (act.kind === "highlight")
      void setUrl({ highlight: [...new Set([...highlights, act.text])].slice(-MAX_HIGHLIGHTS) });
    else if (act.kind === "without") void setUrl({ without: act.text });
    else void setUrl(part === "key" ? { key: act.text } : { contains: act.text });
  };
  return (
    <div
      className={cn(
        "flex min-w-0 flex-col overflow-hidden",
        topic === undefined
          ? "h-[calc(100dvh-var(--bar)-var(--thumb-bar))]"
          : "h-[max(460px,calc(100dvh-var(--bar)-var(--thumb-bar)-176px))]",
      )}
    >
      <TailBar
        session={session}
        url={url}
        setUrl={setUrl}
        embedded={topic !== undefined}
        singleTopic={singleTopic}
        onRepeat={() => setRun(run + 1)}
      />
      <TailStrip session={session} />
      <div
        className={cn(
          "grid min-h-0 flex-1",
          open !== null && "md:grid-cols-[minmax(0,1fr)_minmax(340px,36%)] xl:grid-cols-[minmax(0,1fr)_476px]",
        )}
      >
        <TailList
          session={session}
          layout={layout}
          terms={terms}
          open={open}
          onOpen={setOpen}
          onChoose={choose}
          fillsPage={topic === undefined}
          empty={<TailEmpty session={session} search={search} setUrl={setUrl} />}
        >
          <NewerPill session={session} />
        </TailList>
        {open !== null && (
          <OpenMessage
            cluster={cluster}
            session={session}
            open={open}
            onOpen={setOpen}
            terms={terms}
            onOnly={(text) => void setUrl({ contains: text })}
            onWithout={(text) => void setUrl({ without: text })}
            onColumn={(path) => void setUrl({ pin: [...new Set([...url.pin, path])].slice(-MAX_PINNED) })}
          />
        )}
      </div>
      <TailFoot session={session} />
    </div>
  );
}

interface OpenMessageProps {
  cluster: string;
  session: TailSession;
  open: MessageAddress;
  onOpen: (address: MessageAddress | null) => void;
  terms: readonly string[];
  onOnly: (text: string) => void;
  onWithout: (text: string) => void;
  onColumn: (path: string) => void;
}

/** The open message beside the list; on a phone a sheet over it. */
function OpenMessage({ cluster, session, open, onOpen, terms, ...acts }: OpenMessageProps) {
  useNeighbourhood(session);
  const onPrevious = useCallback(() => onOpen(neighbourOf(session, open, -1) ?? open), [session, open, onOpen]);
  const onNext = useCallback(() => onOpen(neighbourOf(session, open, 1) ?? open), [session, open, onOpen]);
  const onClose = useCallback(() => onOpen(null), [onOpen]);
  return (
    <BesideList label={`Message ${formatAddress(open)}`} onClose={onClose}>
      <MessageDrawer
        cluster={cluster}
        topic={open.topic}
        partition={open.partition}
        offset={open.offset}
        onClose={onClose}
        onPrevious={neighbourOf(session, open, -1) === null ? undefined : onPrevious}
        onNext={neighbourOf(session, open, 1) === null ? undefined : onNext}
        highlight={terms}
        {...acts}
      />
    </BesideList>
  );
}

/** Renders when a message may have got another neighbour: at once while the list stands still, else once a second. */
function useNeighbourhood({ store }: TailSession): void {
  const getSnapshot = () => (store.paused ? store.trimmed + store.length : store.getFigures());
  useSyncExternalStore(store.subscribe, getSnapshot, getSnapshot);
}

/** The message before or after one in the list; null when the list doesn't hold it, or at its ends. */
function neighbourOf(
  session: TailSession,
  { topic, partition, offset }: MessageAddress,
  step: 1 | -1,
): MessageAddress | null {
  const { store, positions } = session;
  for (const [place, one] of positions.partitions.entries()) {
    if (one.topic !== topic || one.partition !== partition) continue;
    const index = store.indexOfMessage(place, offset);
    if (index === -1) continue;
    for (let next = index + step; next >= 0 && next < store.length; next += step) {
      const entry = store.at(next);
      const placed = entry !== undefined && isMessage(entry) ? positions.partitions[entry[0]] : undefined;
      if (entry === undefined || !isMessage(entry) || placed === undefined) continue;
      return { topic: placed.topic, partition: placed.partition, offset: entry[1] };
    }
  }
  return null;
}
