import type { ExtractedRecord, ExtractOptions } from "./extracted-record.ts";
import type { FetchedChunk } from "./fetched-chunk.ts";
import type { LensTask, LensYield } from "./lens.ts";

/** What a decoder worker is asked: one question at a time. */
export type DecodeTask =
  | { readonly kind: "lenses"; readonly chunk: FetchedChunk; readonly tasks: readonly LensTask[] }
  | { readonly kind: "extract"; readonly chunk: FetchedChunk; readonly options: ExtractOptions }
  | { readonly kind: "sizes"; readonly chunk: FetchedChunk };

/** What it answers. */
export type DecodeAnswer =
  | { readonly kind: "yields"; readonly yields: readonly LensYield[] }
  | { readonly kind: "records"; readonly records: readonly ExtractedRecord[] }
  | { readonly kind: "sizes"; readonly sizes: readonly (number | null)[] }
  /** The batch that holds the first record asked for can't be read: why. */
  | { readonly kind: "unreadable"; readonly detail: string }
  /** A defect of the decoder itself. */
  | { readonly kind: "failed"; readonly error: Error };
