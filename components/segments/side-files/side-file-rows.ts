import type { ReplicaSegments, Segment, SideFile } from "#lib/contracts/segments.ts";
import { plural } from "#lib/format.ts";

/** One replica's column: what its files of one kind are. */
export interface SideFileCell {
  readonly files: number;
  readonly sizeBytes: bigint;
  /** Bytes that are used of them; null: all, as far as it is known. */
  readonly usedBytes: bigint | null;
  readonly facts: readonly (readonly [string, string])[];
  /** Names of files that are shown as one row. */
  readonly names: readonly string[];
}

/** One kind of file: what it is for, and what each replica has of it, in the order of the replicas; null: none. */
export interface SideFileRow {
  readonly key: string;
  readonly name: string;
  readonly place: "segment" | SideFile["place"];
  readonly meaning: string;
  readonly cells: readonly (SideFileCell | null)[];
  /** What should be the same on every replica isn't: as a sentence. */
  readonly differs: string | null;
}

/** Files that a segment has beside its log. */
const ofSegments: readonly {
  readonly ending: string;
  readonly meaning: string;
  readonly cell: (all: readonly Segment[]) => SideFileCell | null;
}[] = [
  {
    ending: ".index",
    meaning:
      "Leads from an offset to a byte of the log: an entry for each index.interval.bytes or so, so that a look-up reads a few batches. The active one is preallocated.",
    cell: (segments) => indexes(segments.map(({ offsetIndex }) => offsetIndex)),
  },
  {
    ending: ".timeindex",
    meaning: "Leads from a timestamp to an offset, and keeps the largest timestamp: retention.ms looks at it.",
    cell: (segments) => indexes(segments.map(({ timeIndex }) => timeIndex)),
  },
  {
    ending: ".txnindex",
    meaning: "Names the aborted transactions, so that read_committed consumers pass over them.",
    cell: (segments) => {
      const aborted = segments.flatMap(({ abortedTransactions: count }) => (count === null ? [] : [count]));
      const all = aborted.reduce((sum, count) => sum + count, 0);
      // An entry of it: version, producer id, first and last offset, last stable offset.
      return aborted.length === 0
        ? null
        : cell(aborted.length, BigInt(all * 34), [["entries", plural(all, "aborted transaction")]]);
    },
  },
  {
    ending: ".snapshot",
    meaning:
      "What the broker knew of idempotent and transactional producers when it began the segment: read when it starts, so that it needn't read the whole log.",
    cell: (segments) => {
      const snapshots = segments.filter(({ producerSnapshotBytes: bytes }) => bytes !== null);
      const bytes = snapshots.reduce((sum, { producerSnapshotBytes }) => sum + BigInt(producerSnapshotBytes ?? 0), 0n);
      return snapshots.length === 0
        ? null
        : cell(snapshots.length, bytes, [["newest at", snapshots.at(-1)?.baseOffset ?? ""]]);
    },
  },
];

/** Facts that every replica of a partition should have alike. */
const alike: Partial<Record<SideFile["kind"], (facts: SideFileCell["facts"]) => string>> = {
  "partition-metadata": (facts) => factOf(facts, "topic id"),
  "meta-properties": (facts) => factOf(facts, "cluster.id"),
};

const differences: Partial<Record<SideFile["kind"], string>> = {
  "leader-epochs": "An epoch begins at another offset: the replicas' histories part",
  "partition-metadata": "Other topic ids: one is an earlier topic's",
  "meta-properties": "Other cluster ids",
};

/** Kinds of which there may be many, each with nothing to say of its own: one row for all with the same ending. */
const many: ReadonlySet<SideFile["kind"]> = new Set(["deleted", "in-work", "producer-snapshot", "unknown"]);

/** What lies beside the logs of the replicas that can be read: a row a file, those of the segments first, then the partition's, then the log dir's. */
export function sideFileRows(
  replicas: readonly Pick<ReplicaSegments, "segments" | "sideFiles">[],
): readonly SideFileRow[] {
  const rows: SideFileRow[] = [];
  for (const { ending, meaning, cell: of } of ofSegments) {
    const cells = replicas.map(({ segments }) => of(segments));
    if (cells.every((one) => one === null)) continue;
    rows.push({ key: `segment ${ending}`, name: `*${ending}`, place: "segment", meaning, cells, differs: null });
  }
  const found = new Map<string, { readonly file: SideFile; readonly cells: (SideFileCell | null)[] }>();
  for (const [index, { sideFiles }] of replicas.entries()) {
    for (const file of sideFiles) {
      const key = rowKeyOf(file);
      const row = found.get(key) ?? { file, cells: replicas.map(() => null) };
      found.set(key, row);
      row.cells[index] = together(row.cells[index] ?? null, file);
    }
  }
  for (const [key, { file, cells }] of found) {
    const files = Math.max(...cells.map((one) => one?.files ?? 0));
    rows.push({
      key,
      name: files > 1 && many.has(file.kind) ? `*${endingOf(file.name)}` : file.name,
      place: file.place,
      meaning: file.meaning,
      cells,
      differs: differenceOf(file.kind, cells),
    });
  }
  const order = ["segment", "partition", "log-dir"];
  return rows.sort((a, b) => order.indexOf(a.place) - order.indexOf(b.place));
}

function rowKeyOf({ kind, name, place }: SideFile): string {
  return many.has(kind) ? `${place} ${kind} ${endingOf(name)}` : `${place} ${name}`;
}

/** ".deleted"; a name without an ending is one of its own. */
function endingOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? name : name.slice(dot);
}

function together(before: SideFileCell | null, { name, sizeBytes, facts }: SideFile): SideFileCell {
  return {
    files: (before?.files ?? 0) + 1,
    sizeBytes: (before?.sizeBytes ?? 0n) + BigInt(sizeBytes),
    usedBytes: null,
    facts: [...(before?.facts ?? []), ...facts],
    names: [...(before?.names ?? []), name],
  };
}

function cell(
  files: number,
  sizeBytes: bigint,
  facts: SideFileCell["facts"],
  usedBytes: bigint | null = null,
): SideFileCell {
  return { files, sizeBytes, usedBytes, facts, names: [] };
}

function indexes(found: readonly Segment["offsetIndex"][]): SideFileCell | null {
  const there = found.filter((index) => index !== null);
  if (there.length === 0) return null;
  const sum = (of: (index: (typeof there)[number]) => string) =>
    there.reduce((total, index) => total + BigInt(of(index)), 0n);
  const entries = there.reduce((total, index) => total + index.entries, 0);
  return cell(
    there.length,
    sum(({ fileBytes }) => fileBytes),
    [["entries", plural(entries, "entry", "entries")]],
    sum(({ usedBytes }) => usedBytes),
  );
}

function differenceOf(kind: SideFile["kind"], cells: readonly (SideFileCell | null)[]): string | null {
  const there = cells.filter((one) => one !== null);
  const same =
    kind === "leader-epochs" ? epochsAgree(there) : new Set(there.map(({ facts }) => alike[kind]?.(facts))).size <= 1;
  return same ? null : (differences[kind] ?? null);
}

/**
 * Epochs that two replicas both know begin at the same offset. A follower learns of an epoch with its first record, so that the
 * newest may be missing; and the oldest moves along with where a replica's own log starts.
 */
function epochsAgree(cells: readonly SideFileCell[]): boolean {
  const known = new Map<string, string>();
  for (const { facts } of cells) {
    for (const [epoch, from] of facts.slice(1)) {
      if ((known.get(epoch) ?? from) !== from) return false;
      known.set(epoch, from);
    }
  }
  return true;
}

function factOf(facts: SideFileCell["facts"], name: string): string {
  return facts.find(([fact]) => fact === name)?.[1] ?? "";
}
