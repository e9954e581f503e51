import type { Payload } from "#lib/contracts/messages.ts";
import { formatBytes } from "#lib/format.ts";
import { type JsonOutline, JsonTextError, outlineJson } from "#lib/json-outline.ts";

/** A larger document is shown as it is: laying it out would stop the tab. In UTF-16 units, about bytes. */
const MAX_TREE_LENGTH = 1_048_576;

export interface PayloadTree {
  /** Null: no tree. */
  readonly outline: JsonOutline | null;
  /** Why not; null too where it isn't JSON and nobody said so. */
  readonly why: string | null;
}

const NONE: PayloadTree = { outline: null, why: null };

/** The tree of a payload that is JSON, or why there is none. */
export function payloadTree(payload: Payload | null): PayloadTree {
  if (payload === null || payload.bytes === 0) return NONE;
  if (payload.as !== "json") return { outline: null, why: "This isn't JSON, so there is no tree." };
  if (payload.cut || payload.text.length > MAX_TREE_LENGTH) {
    return {
      outline: null,
      why: `A tree is made of at most ${formatBytes(MAX_TREE_LENGTH)}, and this is ${formatBytes(payload.bytes)}.`,
    };
  }
  try {
    return { outline: outlineJson(payload.text), why: null };
  } catch (error) {
    if (error instanceof JsonTextError) return { outline: null, why: `This isn't JSON: ${error.message}.` };
    throw error;
  }
}
