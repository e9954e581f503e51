import { Unknown } from "#components/ui/quantity.tsx";
import { Time } from "#components/ui/time.tsx";
import { storedDate } from "./stored-moment.ts";

/** A timestamp of a file, as short as is clear; one that no date can be stays the number that it is. */
export function StoredTime({ ms }: { ms: string | bigint | null }) {
  if (ms === null) return <Unknown />;
  const whole = BigInt(ms);
  if (whole === -1n) return <span className="text-ink-3">none</span>;
  const date = storedDate(whole);
  if (date !== null) return <Time ms={date} />;
  return (
    <span className="mono" title={`${whole}: no milliseconds since 1970, perhaps a finer unit`}>
      {String(whole)}
    </span>
  );
}
