"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { memo } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import { SkeletonLines } from "#components/ui/skeleton.tsx";
import { messageHref } from "#lib/hrefs.ts";
import { messageQuery } from "#lib/queries/messages.ts";
import { MessageActions } from "./message-actions.tsx";
import { MessageProblem } from "./message-problem.tsx";
import { MessageTitle } from "./message-title.tsx";
import { messageUrl } from "./message-url.ts";
import { MessageView } from "./message-view.tsx";

interface MessageDrawerProps {
  cluster: string;
  topic: string;
  partition: number;
  offset: string;
  onClose: () => void;
  /** The rows above and below; left out at the ends. */
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
  /** Terms to mark. */
  highlight?: readonly string[] | undefined;
  /** Filters by a text of the message, or shows a part of its JSON (`amount.minor`) as a column. */
  onOnly?: ((text: string) => void) | undefined;
  onWithout?: ((text: string) => void) | undefined;
  onColumn?: ((path: string) => void) | undefined;
}

/**
 * One message beside the list it was opened from. Fills the box that it is put into, which must have a height; takes no
 * focus by itself, so that the list's keys go on. Esc closes it while the focus is inside. Memoised: give it callbacks that last.
 */
export const MessageDrawer = memo(function MessageDrawer({
  cluster,
  onClose,
  onPrevious,
  onNext,
  highlight,
  onOnly,
  onWithout,
  onColumn,
  ...place
}: MessageDrawerProps) {
  const [{ keyAs, valueAs }] = useQueryStates({ keyAs: messageUrl.keyAs, valueAs: messageUrl.valueAs });
  const query = useQuery({
    ...messageQuery(cluster, place, { keyAs, valueAs }),
    // No flash between two rows; what is still shown then can't be acted on.
    placeholderData: keepPreviousData,
  });
  const { topic, partition, offset } = place;
  const title = `${topic}-${partition} @ ${offset}`;
  return (
    <aside
      aria-label={`Message ${title}`}
      className="flex h-full min-h-0 min-w-0 flex-col bg-raised"
      onKeyDown={(event) => {
        // React tells of events in a panel that was opened from here, too.
        const within = event.currentTarget.contains(event.target as Node);
        if (event.key !== "Escape" || event.defaultPrevented || !within) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header className="flex items-center gap-1 pt-2 pr-2.5 pb-1.5 pl-gutter">
        <h2 className="mr-auto min-w-0 text-13 [overflow-wrap:anywhere]">
          <Link
            href={messageHref(cluster, topic, partition, offset)}
            className="hover:underline"
            title="A page of its own"
          >
            <MessageTitle {...place} />
          </Link>
        </h2>
        <IconButton label="Previous message" size="sm" disabled={onPrevious === undefined} onClick={onPrevious}>
          <ChevronUp aria-hidden strokeWidth={1.6} />
        </IconButton>
        <IconButton label="Next message" size="sm" disabled={onNext === undefined} onClick={onNext}>
          <ChevronDown aria-hidden strokeWidth={1.6} />
        </IconButton>
        <IconButton label="Close" size="sm" onClick={onClose}>
          <X aria-hidden strokeWidth={1.6} />
        </IconButton>
      </header>
      {query.data !== undefined ? (
        <div
          className="flex min-h-0 flex-1 flex-col inert:opacity-60"
          inert={query.isPlaceholderData}
          aria-busy={query.isPlaceholderData}
        >
          <MessageView
            message={query.data}
            highlight={highlight}
            fill
            onOnly={onOnly}
            onWithout={onWithout}
            onColumn={onColumn}
          />
          <footer className="flex shrink-0 flex-wrap gap-1.5 border-line-strong border-t px-gutter py-2.5">
            <MessageActions message={query.data} compact />
          </footer>
        </div>
      ) : query.isError ? (
        <div className="min-h-0 flex-1 overflow-auto">
          <MessageProblem cluster={cluster} place={place} query={query} />
        </div>
      ) : (
        <SkeletonLines label={`Reading ${title}`} lines={6} className="px-gutter" />
      )}
    </aside>
  );
});
