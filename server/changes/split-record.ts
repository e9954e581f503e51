import type { EndedPartition, IntendedPartition } from "./change.ts";
import type { IntentRecord, OutcomeRecord } from "./log-record.ts";

/** A larger entry is split: brokers take 1 MB a message unless told otherwise. */
export const MAX_PART_BYTES = 500_000;
/** Of a slice, in characters; JSON text in JSON may take thrice as much. */
const SLICE_CHARS = 100_000;

type Unsplit<R> = Omit<R, "part" | "parts" | "slice" | "partitions">;

/**
 * The records of an intent or an outcome, as JSON, in order. Each repeats what the change is; partitions, and the text of
 * what isn't about partitions, are spread over as many as are needed.
 * @param body JSON text of what isn't about partitions; empty: nothing
 */
export function splitRecord(
  common: Unsplit<IntentRecord> | Unsplit<OutcomeRecord>,
  body: string,
  partitions: readonly (IntendedPartition | EndedPartition)[],
): string[] {
  const headBytes = Buffer.byteLength(JSON.stringify(common)) + 100;
  const parts: { slice?: string; partitions: string[]; bytes: number }[] = [];
  let open = { partitions: [] as string[], bytes: headBytes };
  parts.push(open);
  for (const slice of slicesOf(body)) {
    const bytes = Buffer.byteLength(JSON.stringify(slice)) + 10;
    if (parts.at(-1)?.slice !== undefined) {
      open = { partitions: [], bytes: headBytes };
      parts.push(open);
    }
    Object.assign(open, { slice, bytes: open.bytes + bytes });
  }
  for (const one of partitions) {
    const json = JSON.stringify(one);
    const bytes = Buffer.byteLength(json) + 1;
    if (open.bytes + bytes > MAX_PART_BYTES && open.partitions.length > 0) {
      open = { partitions: [], bytes: headBytes };
      parts.push(open);
    }
    open.partitions.push(json);
    open.bytes += bytes;
  }
  return parts.map(({ slice, partitions: some }, index) => {
    const head = { ...common, part: index + 1, parts: parts.length, ...(slice !== undefined && { slice }) };
    return `${JSON.stringify(head).slice(0, -1)},"partitions":[${some.join(",")}]}`;
  });
}

/** Never between the two halves of a character beyond the first plane: alone, each would become something else. */
function slicesOf(text: string): string[] {
  const slices: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = Math.min(at + SLICE_CHARS, text.length);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last < 0xdc00) end--;
    slices.push(text.slice(at, end));
    at = end;
  }
  return slices;
}
