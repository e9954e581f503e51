import type { PartitionYield } from "./lens.ts";

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A partition's yield while it is counted. */
export type PartitionTally = Mutable<PartitionYield>;

export function newTally(place: number, next: bigint): PartitionTally {
  return {
    place,
    next,
    in: 0,
    matched: 0,
    sampled: 0,
    sampledRange: null,
    oversize: 0,
    undecodable: 0,
    bytes: 0,
    fromMs: null,
    toMs: null,
  };
}
