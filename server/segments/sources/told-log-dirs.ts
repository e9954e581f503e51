/** Beyond, a machine of disks. */
export const MAX_LOG_DIRS = 64;
/** Clusters have fewer; some 100 bytes each. */
const MAX_BROKERS = 1_000;
/** As Linux bounds paths. */
const MAX_PATH_CHARS = 4_096;

export interface Told {
  readonly paths: readonly string[];
  readonly atMs: number;
}

/**
 * Where each broker of a cluster keeps its log, as it told last: files are wanted most when their broker is away. Paths only:
 * whether one is still that broker's, its meta.properties says whenever it is read.
 */
export class ToldLogDirs {
  /** Least recently told first. */
  readonly #byBroker = new Map<number, Told>();

  note(brokerId: number, logDirs: readonly { readonly path: string }[], atMs = Date.now()): void {
    const paths = logDirs.map(({ path }) => path).filter(({ length }) => length <= MAX_PATH_CHARS);
    this.#byBroker.delete(brokerId);
    if (paths.length === 0) return;
    this.#byBroker.set(brokerId, { paths: paths.slice(0, MAX_LOG_DIRS), atMs });
    const [oldest] = this.#byBroker.keys();
    if (this.#byBroker.size > MAX_BROKERS && oldest !== undefined) this.#byBroker.delete(oldest);
  }

  /** It isn't told to this user any more. */
  forget(brokerId: number): void {
    this.#byBroker.delete(brokerId);
  }

  /** Null: it never told. */
  of(brokerId: number): Told | null {
    return this.#byBroker.get(brokerId) ?? null;
  }
}
