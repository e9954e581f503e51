import type { RecordCursor } from "./record-cursor.ts";

const VERSION_BYTES = 2;
const KEY_BYTES = 4;
const ABORT = 0;
const COMMIT = 1;

export type Control = "commit" | "abort" | "other";

/** A control record's type, by its key: a version and a type. Null: it has no such key. */
export function controlTypeOf({ bytes, keyStart, keyEnd }: RecordCursor): number | null {
  return keyStart < 0 || keyEnd - keyStart < KEY_BYTES ? null : bytes.readInt16BE(keyStart + VERSION_BYTES);
}

/** What a control record says of a transaction. */
export function controlOf(record: RecordCursor): Control {
  switch (controlTypeOf(record)) {
    case ABORT:
      return "abort";
    case COMMIT:
      return "commit";
    default:
      return "other";
  }
}
