"use client";
import { usePreferences } from "#components/preferences/preferences.tsx";
import { formatCount } from "#lib/format.ts";
import type { TailSession } from "#lib/tail/tail-session.ts";
import { useTailRows, useTailStatus } from "./use-tail.ts";

const act =
  "relative h-7 rounded-full px-3 font-strong before:absolute before:inset-y-1.5 before:left-0 before:w-px before:bg-current before:opacity-30 hover:underline pointer-coarse:h-9";

/** "12,431 newer · Continue · Jump to live": what came while the list stood still. */
export function NewerPill({ session }: { session: TailSession }) {
  useTailRows(session);
  const { pause } = useTailStatus(session);
  const { singleKeys } = usePreferences();
  const { messages, more } = session.store.newer;
  if (pause === null || messages === 0) return null;
  return (
    <div className="absolute bottom-4 left-1/2 z-[3] flex h-9 -translate-x-1/2 items-center whitespace-nowrap rounded-full bg-ink pr-1 pl-4 font-medium text-bg shadow-[0_8px_24px_-8px_rgb(0_0_0/.45)] max-md:bottom-2 max-md:pl-3 max-md:text-12 pointer-coarse:h-11">
      <b className="mr-2.5 min-w-16 text-right tabular-nums">
        {formatCount(messages)}
        {more && "+"} newer
      </b>
      <button type="button" className={act} onClick={() => session.resume()}>
        Continue
      </button>
      <button type="button" className={act} onClick={() => session.jumpToLive()}>
        Jump to live
        {singleKeys && (
          <kbd className="ml-1.5 rounded-[3px] border border-current px-1 font-medium font-sans text-11 leading-4 opacity-70 max-md:hidden">
            G
          </kbd>
        )}
      </button>
    </div>
  );
}
