import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { downloadMessage as contract } from "#lib/contracts/messages.ts";
import { ProblemError } from "#lib/problem.ts";
import type { ClusterContext } from "../context.ts";
import { readPayload } from "../reader/read-payload.ts";
import { readRecord } from "./read-record.ts";

export interface Download {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Letters, digits, ".", "_" and "-" only. */
  readonly fileName: string;
}

const EXTENSIONS = { json: "json", text: "txt" } as const;

/**
 * The bytes of a message's key or value, as they are.
 * @throws {ProblemError} message-not-found (also when that part is null), and as `getMessage`
 */
export async function downloadMessage(
  ctx: ClusterContext,
  { params, query }: ParsedInput<typeof contract>,
): Promise<Download> {
  const { topic, partition, offset } = params;
  const decoder = ctx.decoders.lease();
  try {
    const { record } = await readRecord(ctx, decoder, { topic, partition, offset: BigInt(offset) });
    const bytes = record[query.part];
    if (bytes === null) {
      throw new ProblemError(
        "message-not-found",
        query.part === "key"
          ? `The message at offset ${offset} of ${topic}-${partition} has no key: there is nothing to download.`
          : `The message at offset ${offset} of ${topic}-${partition} is a tombstone: it has no value to download.`,
      );
    }
    const { as } = readPayload(bytes, "auto", 0, "shape");
    const extension = as === "json" || as === "text" ? EXTENSIONS[as] : "bin";
    return { bytes, fileName: `${topic}-${partition}-${offset}-${query.part}.${extension}` };
  } finally {
    decoder.release();
  }
}
