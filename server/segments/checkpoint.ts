/** A checkpoint is text: a version, how many lines follow, the lines. A cluster of 200,000 partitions makes one of 20 MB. */
export const MAX_CHECKPOINT_BYTES = 32 * 1024 * 1024;

/** Offsets by "topic partition", as the four checkpoints of a log dir hold them; null when it isn't of version 0. */
export function readPartitionCheckpoint(text: string, topic: string, partition: number): bigint | null | undefined {
  const lines = linesOf(text);
  if (lines === null) return undefined;
  const prefix = `${topic} ${partition} `;
  const line = lines.find((one) => one.startsWith(prefix));
  if (line === undefined) return null;
  return wholeNumber(line.slice(prefix.length)) ?? undefined;
}

export interface LeaderEpoch {
  readonly epoch: number;
  /** The first offset that was written in it. */
  readonly startOffset: bigint;
}

/** `leader-epoch-checkpoint` of a partition; undefined when it can't be read as one. */
export function readLeaderEpochs(text: string): readonly LeaderEpoch[] | undefined {
  const lines = linesOf(text);
  if (lines === null) return undefined;
  const epochs = lines.map((line) => {
    const [epoch, start, ...rest] = line.split(" ");
    const startOffset = wholeNumber(start ?? "");
    if (epoch === undefined || !/^\d{1,10}$/.test(epoch) || startOffset === null || rest.length > 0) return null;
    return { epoch: Number(epoch), startOffset };
  });
  return epochs.every((one) => one !== null) ? epochs : undefined;
}

/** `meta.properties`, `partition.metadata`: `key=value` or `key: value` a line, `#` before a comment. */
export function readProperties(text: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [, key, value] = /^\s*([A-Za-z0-9._-]+)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) properties.set(key, value);
  }
  return properties;
}

/** Null when it isn't of version 0, or has fewer lines than it says. A broker makes the file empty, and first writes it at a checkpoint. */
function linesOf(text: string): readonly string[] | null {
  if (text === "") return [];
  const [version, count, ...lines] = text.split("\n");
  if (version?.trim() !== "0" || count === undefined || !/^\d{1,9}$/.test(count.trim())) return null;
  const expected = Number(count);
  const there = lines.map((line) => line.trimEnd()).filter((line) => line !== "");
  return there.length === expected ? there : null;
}

function wholeNumber(text: string): bigint | null {
  return /^\d{1,19}$/.test(text) ? BigInt(text) : null;
}
