import { Offset } from "#components/ui/quantity.tsx";
import type { MessagePlace } from "#lib/queries/messages.ts";

/** `orders-3 @ 991`: the partition as Kafka writes it, and the offset. */
export function MessageTitle({ topic, partition, offset }: MessagePlace) {
  return (
    <>
      <span className="mono">{`${topic}-${partition}`}</span>
      <span className="px-1.5 font-regular text-ink-3">@</span>
      <Offset value={offset} />
    </>
  );
}
