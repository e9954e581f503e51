const MAX_PARTITIONS = 10_000;

/**
 * "0,3,5-7" as partitions in order, each once.
 * @throws {RangeError} in words for the person who typed it
 */
export function parsePartitionList(text: string): readonly number[] {
  const partitions = new Set<number>();
  for (const part of text.split(",")) {
    const [, first, last] = /^\s*(\d{1,9})\s*(?:-\s*(\d{1,9})\s*)?$/.exec(part) ?? [];
    if (first === undefined) throw new RangeError('partitions are numbers and ranges, as in "0,3,5-7"');
    const end = Number(last ?? first);
    if (end < Number(first)) throw new RangeError(`${first}-${last} runs backwards`);
    if (end - Number(first) + partitions.size >= MAX_PARTITIONS) throw new RangeError("at most 10,000 partitions");
    for (let partition = Number(first); partition <= end; partition++) partitions.add(partition);
  }
  return [...partitions].sort((a, b) => a - b);
}

/** The inverse, with ranges where three or more follow each other. */
export function formatPartitionList(partitions: readonly number[]): string {
  const parts: string[] = [];
  let index = 0;
  while (index < partitions.length) {
    let end = index;
    while (partitions[end + 1] === (partitions[end] ?? 0) + 1) end++;
    if (end - index >= 2) parts.push(`${partitions[index]}-${partitions[end]}`);
    else parts.push(...partitions.slice(index, end + 1).map(String));
    index = end + 1;
  }
  return parts.join(",");
}
