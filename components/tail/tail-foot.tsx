"use client";
import { usePreferences } from "#components/preferences/preferences.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { TailSession } from "#lib/tail/tail-session.ts";
import { useTailFigures, useTailStatus } from "./use-tail.ts";

/** One line below the list: what is true of its order and reach, and what is in trouble. Its height never changes. */
export function TailFoot({ session }: { session: TailSession }) {
  const { waiting, viewers, history } = useTailFigures(session);
  const { connection } = useTailStatus(session);
  const { singleKeys } = usePreferences();
  const { store } = session;
  // Rendered once a second, with the figures.
  const [held, capacity] = [store.messages, store.capacity];
  // In place of rows the trouble is told at length.
  const toldAbove =
    store.length === 0 &&
    (connection.kind === "failed" || (connection.kind === "reconnecting" && !connection.everOpen) || waiting !== null);
  return (
    <section
      aria-label="About the list"
      className="flex h-7 flex-none items-center gap-4 overflow-hidden whitespace-nowrap border-line-strong border-t bg-bg px-gutter text-12 text-ink-2"
    >
      {toldAbove ? null : connection.kind === "failed" || connection.kind === "reconnecting" ? (
        <span className="flex min-w-0 items-center gap-1.5 text-ink" title={connection.problem.message}>
          <Glyph shape={connection.kind === "failed" ? "octagon" : "arrows"} />
          <span className="truncate">{connection.problem.message}</span>
        </span>
      ) : waiting !== null ? (
        <span className="flex min-w-0 items-center gap-1.5 text-ink" title={waiting.why}>
          <Glyph shape="triangle" />
          <span className="truncate">
            {plural(waiting.partitions, "partition")} can't be read just now: {waiting.why}
          </span>
        </span>
      ) : connection.kind === "ended" ? (
        <span className="truncate">{connection.detail}</span>
      ) : (
        <span className="truncate" title="Messages of one partition are in the order of their offsets">
          {store.order === "exact" ? "In the order of offsets" : "Between partitions the order is approximate"}
          {store.keyHash !== undefined &&
            ` · this key hashes (${store.keyHash.hash}) to partition ${store.keyHash.partition}: only that is read`}
        </span>
      )}
      <span className="flex-1" />
      {history.length > 0 && (
        <span className="text-ink-3 max-md:hidden" title="Older rows leave this tab; they stay in Kafka">
          {formatCount(held)} of {formatCount(capacity)} rows kept
        </span>
      )}
      {viewers !== null && viewers > 1 && (
        <span className="text-ink-3 max-lg:hidden">{plural(viewers, "viewer")} share this reading</span>
      )}
      {singleKeys && (
        <span className="text-ink-3 max-lg:hidden">
          <Kbd>j</Kbd> <Kbd>k</Kbd> move · <Kbd>Enter</Kbd> open · <Kbd>?</Kbd> all keys
        </span>
      )}
    </section>
  );
}
