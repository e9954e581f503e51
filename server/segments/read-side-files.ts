import type { SideFile } from "#lib/contracts/segments.ts";
import { MAX_CHECKPOINT_BYTES } from "./checkpoint.ts";
import { type Damage, unreadableFile } from "./damage.ts";
import type { SegmentListing } from "./list-segment-files.ts";
import { FenceError, type LogDirectory, type PartitionDirectory } from "./partition-directory.ts";
import {
  inPassingKinds,
  logDirSideFiles,
  orphanedKind,
  partitionSideFiles,
  type SideFileKind,
  snapshotKind,
  unknownKind,
} from "./side-file-kinds.ts";

/** Where a replica's files lie, and what is in its directory. */
export interface ReplicaFiles {
  readonly log: LogDirectory;
  readonly directory: PartitionDirectory;
  readonly listing: SegmentListing;
  readonly topic: string;
  readonly partition: number;
}

export interface SideFiles {
  /** The partition's first, then the log dir's; by name. */
  readonly sideFiles: readonly SideFile[];
  /** Those that can't be read, or that Kafka didn't put there. */
  readonly damage: readonly Damage[];
  readonly bytesRead: number;
}

/** Beyond, files that only linger aren't listed one by one. */
const MAX_LISTED = 500;

/**
 * What stands in a partition's directory and its log dir beside the segments: what it is for, and what it says about this
 * partition. What is missing is missing: a checkpoint is only there once something was written to it.
 * @throws the signal's reason
 */
export async function readSideFiles(files: ReplicaFiles, signal: AbortSignal): Promise<SideFiles> {
  return new SideFileReading(files, signal).run();
}

class SideFileReading {
  readonly #files: ReplicaFiles;
  readonly #signal: AbortSignal;
  readonly #found: SideFile[] = [];
  readonly #damage: Damage[] = [];
  #bytesRead = 0;

  constructor(files: ReplicaFiles, signal: AbortSignal) {
    this.#files = files;
    this.#signal = signal;
  }

  async run(): Promise<SideFiles> {
    const { listing } = this.#files;
    for (const { name, isFile } of listing.others) {
      const known = isFile ? partitionSideFiles.get(name) : undefined;
      if (known !== undefined) await this.#read("partition", name, known);
      else await this.#foreign(name, isFile);
    }
    for (const name of listing.orphans) {
      await this.#mention(name, name.endsWith(".snapshot") ? snapshotKind : orphanedKind);
    }
    for (const name of listing.inPassing) {
      await this.#mention(name, inPassingKinds.find(({ ending }) => name.endsWith(ending)) ?? unknownKind);
    }
    for (const [name, kind] of logDirSideFiles) await this.#read("log-dir", name, kind);
    return { sideFiles: this.#found, damage: this.#damage, bytesRead: this.#bytesRead };
  }

  /** What Kafka doesn't put there: told, not opened. */
  async #foreign(name: string, isFile: boolean): Promise<void> {
    const detail = isFile
      ? `${name} is none of the files that Kafka keeps in a partition's directory. It wasn't opened.`
      : `${name} is no plain file: a directory, a link or a pipe. It wasn't opened.`;
    if (this.#damage.length < MAX_LISTED)
      this.#damage.push({ file: name, position: null, kind: "foreign-file", detail });
    if (isFile) await this.#mention(name, unknownKind);
  }

  async #mention(name: string, { kind, meaning }: SideFileKind): Promise<void> {
    this.#signal.throwIfAborted();
    if (this.#found.length >= MAX_LISTED) return;
    // A name that the fence doesn't take is told as foreign; its size isn't looked at.
    const stats = await this.#files.directory.stat(name).catch(() => null);
    if (stats !== null)
      this.#found.push({ name, place: "partition", sizeBytes: String(stats.size), kind, meaning, facts: [] });
  }

  async #read(place: SideFile["place"], name: string, { kind, meaning, factsOf }: SideFileKind): Promise<void> {
    this.#signal.throwIfAborted();
    const { log, directory, topic, partition } = this.#files;
    try {
      const file = await (place === "partition" ? directory : log).openFile(name);
      try {
        const sizeBytes = file.sizeBytes;
        let facts: [string, string][] | undefined = [];
        if (factsOf !== undefined && sizeBytes <= MAX_CHECKPOINT_BYTES) {
          facts = factsOf((await file.read(0, sizeBytes)).toString("utf8"), topic, partition);
          this.#bytesRead += file.bytesRead;
        }
        this.#found.push({ name, place, sizeBytes: String(sizeBytes), kind, meaning, facts: facts ?? [] });
        if (facts === undefined) this.#damage.push(notInForm(name));
      } finally {
        await file.close();
      }
    } catch (error) {
      if (error instanceof FenceError && error.reason === "vanished") return;
      this.#damage.push(unreadableFile(name, error));
    }
  }
}

function notInForm(file: string): Damage {
  return {
    file,
    position: null,
    kind: "unreadable",
    detail: `${file} isn't in the form that Kafka writes it in. The broker mends or refuses it when it next starts.`,
  };
}
