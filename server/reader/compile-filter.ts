import type { MessageFilter } from "#lib/contracts/message-filter.ts";
import { keyCandidates } from "./key-candidates.ts";
import { makeNeedle } from "./needle.ts";
import type { RecordCursor } from "./record-cursor.ts";

/** Which records of batches are wanted. Holds the state of one batch at a time. */
export interface RecordFilter {
  begin(records: Buffer): void;
  /** @throws {BatchProblem} when the record's headers aren't what they should be */
  accepts(record: RecordCursor): boolean;
}

const EQUALS = "=".charCodeAt(0);
const HEX_VALUE = /^0x(?:[0-9a-f]{2})+$/i;

/** @returns null when every message is wanted */
export function compileFilter(filter: MessageFilter): RecordFilter | null {
  const { contains, without, key, header } = filter;
  const tests: ((record: RecordCursor) => boolean)[] = [];
  if (key !== undefined) tests.push(keyTest(keyCandidates(key, filter.keyAs)));
  if (header !== undefined) tests.push(headerTest(header));
  const wanted = contains === undefined ? null : makeNeedle(contains, filter.case);
  const unwanted = without === undefined ? null : makeNeedle(without, filter.case);
  if (wanted !== null) tests.push((record) => wanted.isIn(record));
  if (unwanted !== null) tests.push((record) => !unwanted.isIn(record));
  if (tests.length === 0) return null;
  return {
    begin: (records) => {
      wanted?.begin(records);
      unwanted?.begin(records);
    },
    accepts: (record) => {
      for (const test of tests) if (!test(record)) return false;
      return true;
    },
  };
}

function keyTest(candidates: readonly Buffer[]) {
  return ({ bytes, keyStart, keyEnd }: RecordCursor): boolean =>
    keyStart >= 0 && candidates.some((key) => isAt(bytes, keyStart, keyEnd, key));
}

/** "name", or "name=value": a name may hold "=", too. The value as text, or as hex after "0x". */
function headerTest(text: string) {
  const whole = Buffer.from(text);
  return (record: RecordCursor): boolean => {
    const { bytes } = record;
    return record.someHeader((name, nameEnd, value, valueEnd) => {
      const length = nameEnd - name;
      if (length > whole.length || !isAt(bytes, name, nameEnd, whole.subarray(0, length))) return false;
      if (length === whole.length) return true;
      if (whole[length] !== EQUALS || value < 0) return false;
      const wanted = whole.subarray(length + 1);
      if (isAt(bytes, value, valueEnd, wanted)) return true;
      const hex = wanted.toString("latin1");
      return HEX_VALUE.test(hex) && isAt(bytes, value, valueEnd, Buffer.from(hex.slice(2), "hex"));
    });
  };
}

function isAt(bytes: Buffer, start: number, end: number, wanted: Buffer): boolean {
  return end - start === wanted.length && bytes.compare(wanted, 0, wanted.length, start, end) === 0;
}
