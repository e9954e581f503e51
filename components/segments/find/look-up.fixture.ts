import type { Located, LocateStep } from "#lib/contracts/segment-look-ups.ts";
import type { IndexStep, Probe } from "./probe-rows.ts";

type StepOf<Name extends LocateStep["step"]> = Extract<LocateStep, { step: Name }>;

const cost = { bytesRead: "0", tookMicros: 100 };

export function segmentStep(step: Partial<StepOf<"segment">> = {}): StepOf<"segment"> {
  return { step: "segment", segments: 3, baseOffset: "100", active: false, looked: [], ...cost, ...step };
}

export function entry(number: number, offset: string, rest: Partial<Probe> = {}): Probe {
  return { look: "half", compared: "before", entry: number, offset, timestampMs: null, position: "4096", ...rest };
}

export function indexStep(
  step: "offset-index" | "time-index",
  found: Probe | null,
  entries = 8,
  rest: Partial<IndexStep> = {},
): IndexStep {
  const wanted = step === "offset-index" ? "163" : null;
  return { step, file: `x.${step}`, entries, wanted, probes: found === null ? [] : [found], found, ...cost, ...rest };
}

/** @param batches base and last offset of each */
export function scanStep(
  batches: readonly (readonly [string, string])[],
  ended: StepOf<"scan">["ended"] = "record",
  fromPosition = "4096",
): StepOf<"scan"> {
  return {
    step: "scan",
    file: "00000000000000000100.log",
    fromPosition,
    batches: batches.map(([baseOffset, lastOffset], index) => ({
      position: String(Number(fromPosition) + index * 100),
      baseOffset,
      lastOffset,
      sizeBytes: 100,
    })),
    scanned: batches.length,
    ended,
    ...cost,
  };
}

export function recordStep(
  offset: string,
  batch: Partial<StepOf<"record">["batch"]> = {},
  timestampMs = "1795000000000",
): StepOf<"record"> {
  return {
    step: "record",
    batch: {
      position: "4196",
      sizeBytes: 4_198,
      magic: 2,
      baseOffset: offset,
      lastOffset: offset,
      records: 12,
      codec: "zstd",
      ratio: null,
      baseTimestampMs: timestampMs,
      maxTimestampMs: timestampMs,
      timestampType: "create",
      leaderEpoch: 31,
      producerId: null,
      producerEpoch: null,
      baseSequence: null,
      transactional: false,
      control: false,
      controlType: null,
      crc: "7d1f09c4",
      crcMatches: true,
      ...batch,
    },
    number: 8,
    offset,
    timestampMs,
    ...cost,
  };
}

export function located(
  result: Located["result"],
  steps: readonly LocateStep[],
  offset: string | null = null,
  edges: Partial<Pick<Located, "logStartOffset" | "highWatermark" | "logEndOffset">> = {},
): Located {
  return {
    brokerId: 1,
    steps: [...steps],
    result,
    offset,
    bytesRead: "24576",
    tookMicros: 5_900,
    damage: [],
    logStartOffset: "100",
    highWatermark: "500",
    logEndOffset: null,
    ...edges,
    observedAtMs: 0,
  };
}
