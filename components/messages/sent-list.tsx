import Link from "next/link";
import { Glyph } from "#components/ui/glyph.tsx";
import { Time } from "#components/ui/time.tsx";
import { messageHref } from "#lib/hrefs.ts";
import type { MessagePlace } from "#lib/queries/messages.ts";
import { MessageTitle } from "./message-title.tsx";

export interface SentMessage extends MessagePlace {
  readonly sentAtMs: number;
}

/** What was sent from this form, newest first, each with the place it got. */
export function SentList({ cluster, sent }: { cluster: string; sent: readonly SentMessage[] }) {
  return (
    <ul aria-label="Sent" aria-live="polite" className="grid gap-1 empty:hidden">
      {sent.map(({ topic, partition, offset, sentAtMs }) => (
        <li key={`${partition} ${offset}`} className="flex flex-wrap items-baseline gap-x-2">
          <Glyph shape="tick" className="relative top-0.5" />
          <Link href={messageHref(cluster, topic, partition, offset)} className="link min-w-0 [overflow-wrap:anywhere]">
            <MessageTitle topic={topic} partition={partition} offset={offset} />
          </Link>
          <span className="text-12 text-ink-3">
            sent <Time ms={sentAtMs} />
          </span>
        </li>
      ))}
    </ul>
  );
}
