import type { FileHandle } from "node:fs/promises";

/** A file of a partition's directory, open for reading, that knows its length when it was opened and counts what is read of it. */
export class SegmentFile {
  readonly name: string;
  /** When it was opened; the active segment's grows. */
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Tells the file from another one of the same name. */
  readonly inode: number;
  #bytesRead = 0;
  readonly #handle: FileHandle;

  constructor(name: string, handle: FileHandle, facts: { sizeBytes: number; modifiedMs: number; inode: number }) {
    this.name = name;
    this.#handle = handle;
    this.sizeBytes = facts.sizeBytes;
    this.modifiedMs = facts.modifiedMs;
    this.inode = facts.inode;
  }

  get bytesRead(): number {
    return this.#bytesRead;
  }

  /**
   * Up to `length` bytes from `position`; fewer where the file ends (a broker may truncate it meanwhile).
   * @throws the file system's error (EIO of a broken disk)
   */
  async read(position: number, length: number): Promise<Buffer> {
    const into = Buffer.allocUnsafe(length);
    return into.subarray(0, await this.readInto(into, position));
  }

  /** The same into a buffer of the caller's, to be used again. @returns how many bytes were read */
  async readInto(into: Buffer, position: number): Promise<number> {
    let filled = 0;
    while (filled < into.length) {
      const { bytesRead } = await this.#handle.read(into, filled, into.length - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    this.#bytesRead += filled;
    return filled;
  }

  /** A broker cut it since it was opened: what couldn't be read was taken away, not damaged. */
  async hasShrunk(): Promise<boolean> {
    return (await this.#handle.stat()).size < this.sizeBytes;
  }

  /** A deleted file stays readable until then. */
  async close(): Promise<void> {
    await this.#handle.close();
  }
}
