import type { RecordCursor } from "./record-cursor.ts";

const VERSION_BYTES = 2;
const KEY_BYTES = 4;
const ABORT = 0;
const COMMIT = 1;

export type Control = "commit" | "abort" | "other";

/** What a control record says, by its key: a version and a type. */
export function controlOf({ bytes, keyStart, keyEnd }: RecordCursor): Control {
  if (keyStart < 0 || keyEnd - keyStart < KEY_BYTES) return "other";
  switch (bytes.readInt16BE(keyStart + VERSION_BYTES)) {
    case ABORT:
      return "abort";
    case COMMIT:
      return "commit";
    default:
      return "other";
  }
}
