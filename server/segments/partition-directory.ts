import { constants, type Stats } from "node:fs";
import { lstat, open, readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { topicName } from "#lib/contracts/kafka.ts";
import { SegmentFile } from "./segment-file.ts";

/** Why a directory or a file can't be read; `vanished`: it was there a moment ago, or never. */
export type Fenced = "vanished" | "forbidden" | "not-a-file" | "outside" | "unreadable";

/** What the fence refuses, or the file system. */
export class FenceError extends Error {
  readonly reason: Fenced;

  constructor(reason: Fenced, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "FenceError";
    this.reason = reason;
  }
}

/** A partition of 20,000 segments of four files each, twice over. */
const MAX_ENTRIES = 200_000;
/** What a partition's directory may hold that is looked into: nothing with a separator, nothing hidden but a log dir's own two. */
const FILE_NAME = /^(?:[A-Za-z0-9][A-Za-z0-9._-]{0,254}|\.lock|\.kafka_cleanshutdown)$/;

/**
 * The one door to the files of a log dir. Nothing outside of it is opened: no symbolic link is followed below the log dir, no
 * name with a separator is taken, and what isn't a plain file (a pipe would hold us up) isn't read. Nothing is ever written.
 */
export class LogDirectory {
  /** Resolved: the log dir itself may be a link, as its owner made it. */
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** @throws {FenceError} vanished, forbidden, not-a-file (no directory), unreadable */
  static async open(path: string): Promise<LogDirectory> {
    const resolved = await realpath(path).catch((error: unknown) => {
      throw fenceError(error, path);
    });
    await assertDirectory(resolved);
    return new LogDirectory(resolved);
  }

  /** A file of the log dir itself, such as `meta.properties`. @throws {FenceError} */
  openFile(name: string): Promise<SegmentFile> {
    return openWithin(this.path, name);
  }

  /**
   * The directory of one partition's replica.
   * @param future the one that is being filled for a move between log dirs: `<topic>-<partition>.<id>-future`
   * @throws {FenceError} vanished when it isn't there
   */
  async partition(topic: string, partition: number, future = false): Promise<PartitionDirectory> {
    if (!topicName.safeParse(topic).success || !Number.isSafeInteger(partition) || partition < 0) {
      throw new FenceError("outside", "That is no partition's directory.");
    }
    const plain = `${topic}-${partition}`;
    const name = future ? await this.#futureOf(plain) : plain;
    const path = join(this.path, name);
    await assertDirectory(path);
    return new PartitionDirectory(path, name);
  }

  async #futureOf(plain: string): Promise<string> {
    const entries = await readdir(this.path).catch((error: unknown) => {
      throw fenceError(error, this.path);
    });
    const name = entries.find((entry) => entry.startsWith(`${plain}.`) && /\.[0-9a-f]{32}-future$/.test(entry));
    if (name === undefined) throw new FenceError("vanished", `There is no future replica of ${plain} here.`);
    return name;
  }
}

export class PartitionDirectory {
  readonly path: string;
  /** Within the log dir. */
  readonly name: string;

  constructor(path: string, name: string) {
    this.path = path;
    this.name = name;
  }

  /** What lies in it, by name; symbolic links and directories too: they are named, not opened. @throws {FenceError} */
  async entries(): Promise<readonly { readonly name: string; readonly isFile: boolean }[]> {
    try {
      const entries = await readdir(this.path, { withFileTypes: true });
      return entries
        .slice(0, MAX_ENTRIES)
        .map((entry) => ({ name: entry.name, isFile: entry.isFile() }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      throw fenceError(error, this.path);
    }
  }

  /** @throws {FenceError} */
  openFile(name: string): Promise<SegmentFile> {
    return openWithin(this.path, name);
  }

  /** What is told without opening; null when it isn't there. @throws {FenceError} forbidden, unreadable */
  async stat(name: string): Promise<Pick<Stats, "size" | "mtimeMs" | "ino"> | null> {
    assertName(name);
    try {
      return await lstat(join(this.path, name));
    } catch (error) {
      const fenced = fenceError(error, name);
      if (fenced.reason === "vanished") return null;
      throw fenced;
    }
  }
}

async function openWithin(directory: string, name: string): Promise<SegmentFile> {
  assertName(name);
  // A link is refused by the kernel, not by a check before; and a pipe doesn't wait for its writer.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(join(directory, name), flags).catch((error: unknown) => {
    throw fenceError(error, name);
  });
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new FenceError("not-a-file", `${name} is no plain file.`);
    return new SegmentFile(name, handle, { sizeBytes: stats.size, modifiedMs: stats.mtimeMs, inode: stats.ino });
  } catch (error) {
    await handle.close();
    throw error instanceof FenceError ? error : fenceError(error, name);
  }
}

function assertName(name: string): void {
  if (!FILE_NAME.test(name) || name.includes("..")) throw new FenceError("outside", "That is no file of a partition.");
}

async function assertDirectory(path: string): Promise<void> {
  const stats = await lstat(path).catch((error: unknown) => {
    throw fenceError(error, path);
  });
  if (stats.isSymbolicLink()) {
    throw new FenceError("outside", `${path} is a symbolic link: Tailrace follows none within a log dir.`);
  }
  if (!stats.isDirectory()) throw new FenceError("not-a-file", `${path} is no directory.`);
}

function fenceError(error: unknown, subject: string): FenceError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return new FenceError("vanished", `${subject} isn't there.`, { cause: error });
  if (code === "EACCES" || code === "EPERM") {
    return new FenceError("forbidden", `${subject} may not be read by the user that Tailrace runs as.`, {
      cause: error,
    });
  }
  if (code === "ELOOP" || code === "EMLINK") {
    return new FenceError("outside", `${subject} is a symbolic link: Tailrace follows none within a log dir.`, {
      cause: error,
    });
  }
  if (code === "ENOTDIR" || code === "EISDIR" || code === "ENXIO") {
    return new FenceError("not-a-file", `${subject} is no plain file.`, { cause: error });
  }
  return new FenceError("unreadable", `${subject} can't be read (${code || "unknown error"}).`, { cause: error });
}
