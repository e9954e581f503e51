import type { Cell, GapRow, PayloadFormat, ProblemRow } from "#lib/contracts/message-row.ts";
import type { Lens } from "./lens.ts";
import { characterEnd, judgePayload, readPayload } from "./read-payload.ts";
import type { RecordCursor } from "./record-cursor.ts";
import type { RowBuffer } from "./row-buffer.ts";

/** More headers than that are only counted. */
const MAX_HEADERS = 8;
/** Bytes of a header's name, and of its value, that are in a row. */
const HEADER_BYTES = 96;

/** A byte of a payload takes at most so many in JSON: an escaped control character. */
const MAX_GROWTH = 6;
/** Everything in a row besides previews: place, offset, timestamp, and a cell's own words. */
const ROW_BYTES = 2_048;
const HEADER_ROOM = 2 * HEADER_BYTES * MAX_GROWTH + 64;

const NULL = Buffer.from("null");
const COMMA = Buffer.from(",");
const EMPTY = Buffer.from('""');
const CUT = Buffer.from(',"cut":true}');
const END = Buffer.from("]");

/** What a row says besides key, value and headers. */
export interface RowFacts {
  /** `[place,"` */
  readonly prefix: Buffer;
  /** An offset, in digits. */
  readonly offset: string;
  /** Null: beyond 2^53; then `wideTimestamp` has it. */
  readonly timestamp: number | null;
  readonly wideTimestamp: string | null;
  /** Of the producer whose transaction it is part of. */
  readonly transaction: string | null;
  readonly appendTime: boolean;
}

/** How much room a row can take. */
function roomOf({ previewBytes }: Lens, { headers }: RecordCursor): number {
  return ROW_BYTES + 2 * MAX_GROWTH * previewBytes + Math.min(headers, MAX_HEADERS) * HEADER_ROOM;
}

/** Writes a `MessageRow`. @throws {BatchProblem} when its headers aren't what they should be */
export function writeMessage(rows: RowBuffer, record: RecordCursor, lens: Lens, facts: RowFacts): void {
  const { bytes } = record;
  rows.begin(roomOf(lens, record));
  rows.copy(facts.prefix);
  rows.ascii(facts.offset);
  rows.ascii(facts.timestamp === null ? `","${facts.wideTimestamp}",` : `",${facts.timestamp},`);
  writeCell(rows, bytes, record.keyStart, record.keyEnd, lens.keyAs, lens.previewBytes);
  rows.copy(COMMA);
  writeCell(rows, bytes, record.valueStart, record.valueEnd, lens.valueAs, lens.previewBytes);
  if (record.headers > 0 || facts.transaction !== null || facts.appendTime) writeExtra(rows, record, facts);
  rows.copy(END);
  rows.end();
}

/** Writes a gap or a problem. */
export function writeNote(rows: RowBuffer, row: GapRow | ProblemRow): void {
  const text = JSON.stringify(row);
  rows.begin(text.length * 3 + 1);
  rows.json(row);
  rows.end();
}

function writeCell(
  rows: RowBuffer,
  source: Buffer,
  start: number,
  end: number,
  format: PayloadFormat,
  previewBytes: number,
): void {
  if (start < 0) {
    rows.copy(NULL);
    return;
  }
  const size = end - start;
  const mayBeText = format === "auto" || format === "text";
  if (size === 0 && (mayBeText || format === "hex")) {
    rows.copy(EMPTY);
    return;
  }
  if (mayBeText && size <= previewBytes && rows.text(source, start, end)) return;
  const payload = source.subarray(start, end);
  if (mayBeText && size > previewBytes) {
    const { as } = judgePayload(payload, format, "shape");
    if (as === "text" || as === "json") {
      const shown = characterEnd(payload, 0, previewBytes);
      const before = rows.length;
      rows.ascii(`{"as":"${as}","bytes":${size},"text":`);
      if (rows.text(payload, 0, shown)) {
        rows.copy(CUT);
        return;
      }
      rows.shorten(before);
    }
  }
  rows.json(cellOf(payload, format, previewBytes));
}

function cellOf(payload: Buffer, format: PayloadFormat, previewBytes: number): Cell {
  const { as, text, guessed, why, cut } = readPayload(
    payload,
    format,
    previewBytes,
    format === "json" ? "parse" : "shape",
  );
  if ((as === "json" || as === "text") && !cut) return text;
  return {
    as,
    text,
    bytes: payload.length,
    ...(cut ? ({ cut } as const) : {}),
    // A guess is explained where a message is shown whole.
    ...(why !== null && !guessed ? { why } : {}),
  };
}

function writeExtra(rows: RowBuffer, record: RecordCursor, facts: RowFacts): void {
  let separator = ",{";
  if (record.headers > 0) {
    rows.ascii(`${separator}"headers":[`);
    writeHeaders(rows, record);
    rows.ascii(record.headers > MAX_HEADERS ? `],"headerCount":${record.headers}` : "]");
    separator = ",";
  }
  if (facts.transaction !== null) {
    rows.ascii(`${separator}"transaction":"${facts.transaction}"`);
    separator = ",";
  }
  if (facts.appendTime) rows.ascii(`${separator}"appendTime":true`);
  rows.ascii("}");
}

function writeHeaders(rows: RowBuffer, record: RecordCursor): void {
  const { bytes } = record;
  let written = 0;
  record.someHeader((name, nameEnd, value, valueEnd) => {
    if (written === MAX_HEADERS) return true;
    rows.ascii(written === 0 ? "[" : ",[");
    written += 1;
    const shown = nameEnd - name > HEADER_BYTES ? characterEnd(bytes, name, HEADER_BYTES) : nameEnd;
    if (!rows.text(bytes, name, shown)) rows.json(bytes.toString("utf8", name, shown));
    rows.ascii(",");
    writeHeaderValue(rows, bytes, value, valueEnd);
    rows.ascii("]");
    return false;
  });
}

function writeHeaderValue(rows: RowBuffer, bytes: Buffer, start: number, end: number): void {
  if (start < 0) {
    rows.copy(NULL);
    return;
  }
  const cut = end - start > HEADER_BYTES;
  if (!cut && rows.text(bytes, start, end)) return;
  const payload = bytes.subarray(start, end);
  const { as, text } = readPayload(payload, "auto", HEADER_BYTES, "shape");
  const isText = as === "text" || as === "json";
  const whole = isText ? text : `0x${payload.toString("hex", 0, Math.min(payload.length, HEADER_BYTES))}`;
  rows.json(cut ? `${whole}…` : whole);
}
