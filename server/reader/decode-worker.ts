import { parentPort } from "node:worker_threads";
import { applyLenses } from "./apply-lenses.ts";
import { BatchProblem } from "./batch-problem.ts";
import type { DecodeAnswer, DecodeTask } from "./decode-task.ts";
import { extractRecords } from "./extract-records.ts";
import type { ExtractedRecord } from "./extracted-record.ts";
import { unpackedSizes } from "./unpacked-sizes.ts";

/** The entry of a decoder's thread: answers each task with one message, in order. */
const port = parentPort;
port?.on("message", (task: DecodeTask) => {
  const answer = answerTo(task);
  port.postMessage(answer, answer.kind === "records" ? buffersOf(answer.records) : []);
});

function answerTo(task: DecodeTask): DecodeAnswer {
  try {
    if (task.kind === "lenses") return { kind: "yields", yields: applyLenses(task.chunk, task.tasks) };
    if (task.kind === "sizes") return { kind: "sizes", sizes: unpackedSizes(task.chunk) };
    return { kind: "records", records: extractRecords(task.chunk, task.options) };
  } catch (error) {
    if (error instanceof BatchProblem) return { kind: "unreadable", detail: error.message };
    return { kind: "failed", error: error instanceof Error ? error : new Error(String(error)) };
  }
}

function buffersOf(records: readonly ExtractedRecord[]): ArrayBuffer[] {
  return records.flatMap(({ key, value, headers }) =>
    [key, value, ...headers.map((header) => header.value)].flatMap((bytes) => (bytes === null ? [] : [bytes.buffer])),
  );
}
