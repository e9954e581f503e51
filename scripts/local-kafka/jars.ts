import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { pipeline } from "node:stream/promises";
import lock from "./kafka-jars.lock.json" with { type: "json" };

// The package is CommonJS whose default export is a property: only require() sees it alike in Node and in the types.
const { default: download } = createRequire(import.meta.url)(
  "mvn-artifact-download",
) as typeof import("mvn-artifact-download");

/** One jar as the lock file pins it. */
interface LockedJar {
  /** `group:artifact:version` */
  readonly artifact: string;
  readonly sizeBytes: number;
  readonly sha512: string;
}

export interface JarProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
}

interface EnsureJarsOptions {
  /** Jars are kept here and used by every start. */
  readonly dir: string;
  /** `tools` adds what Kafka's command-line classes need. */
  readonly tools?: boolean;
  readonly onProgress?: ((progress: JarProgress) => void) | undefined;
  /** Nobody waits for a download any longer once it aborts. */
  readonly signal?: AbortSignal;
  /** Default: the committed lock file. */
  readonly jars?: readonly LockedJar[];
}

/** The version of Kafka that the lock file pins. */
export const kafkaVersion: string = lock.kafka;

const PARALLEL_DOWNLOADS = 6;
const DOWNLOAD_TIMEOUT_MS = 60_000;
const DOWNLOAD_ATTEMPTS = 3;

/**
 * Downloads from Maven Central what is not there yet, and checks each download against the lock file before it is given its name.
 *
 * @returns the class path, the broker's jars first (an AppCDS archive made for them also serves a longer class path).
 * @throws Error naming the jar, when it can't be had or is not what the lock file says; the signal's reason.
 */
export async function ensureJars({ dir, tools = false, onProgress, signal, jars }: EnsureJarsOptions): Promise<string> {
  const wanted = jars ?? (tools ? [...lock.broker, ...lock.tools] : lock.broker);
  await mkdir(dir, { recursive: true });
  const missing: LockedJar[] = [];
  for (const jar of wanted) if (!(await isThere(dir, jar))) missing.push(jar);
  if (missing.length > 0) await downloadAll(dir, missing, onProgress, signal);
  return wanted.map((jar) => join(dir, fileName(jar))).join(delimiter);
}

async function downloadAll(
  dir: string,
  jars: readonly LockedJar[],
  onProgress: ((progress: JarProgress) => void) | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const totalBytes = jars.reduce((sum, jar) => sum + jar.sizeBytes, 0);
  let doneBytes = 0;
  onProgress?.({ doneBytes, totalBytes });
  // The big ones first: the last to finish should be a small one.
  const queue = jars.toSorted((a, b) => b.sizeBytes - a.sizeBytes);
  const parts = await mkdtemp(join(dir, ".download-"));
  try {
    await Promise.all(
      Array.from({ length: PARALLEL_DOWNLOADS }, async () => {
        for (let jar = queue.shift(); jar; jar = queue.shift()) {
          await downloadOne(dir, parts, jar, signal);
          doneBytes += jar.sizeBytes;
          onProgress?.({ doneBytes, totalBytes });
        }
      }),
    );
  } finally {
    queue.length = 0;
    await rm(parts, { recursive: true, force: true });
  }
}

async function downloadOne(dir: string, parts: string, jar: LockedJar, signal: AbortSignal | undefined): Promise<void> {
  const name = fileName(jar);
  const repository = process.env.TAILRACE_MAVEN_REPOSITORY;
  for (let attempt = 1; ; attempt++) {
    try {
      signal?.throwIfAborted();
      await unlessAborted(
        download(jar.artifact, parts, repository, name, { timeout: DOWNLOAD_TIMEOUT_MS, ...(signal && { signal }) }),
        signal,
      );
      break;
    } catch (error) {
      signal?.throwIfAborted();
      if (attempt < DOWNLOAD_ATTEMPTS) continue;
      throw new Error(
        `Could not download ${jar.artifact} from Maven Central: ${error instanceof Error ? error.message : String(error)}. ` +
          "Check the network, or name a mirror in TAILRACE_MAVEN_REPOSITORY, or set KAFKA_BROKERS to use a Kafka you have.",
        { cause: error },
      );
    }
  }
  const part = join(parts, name);
  const sha512 = await hashFile(part);
  if (sha512 !== jar.sha512) {
    throw new Error(
      `${name} is not what scripts/local-kafka/kafka-jars.lock.json says: expected sha512 ${jar.sha512.slice(0, 16)}…, ` +
        `got ${sha512.slice(0, 16)}…. It was not kept. A mirror or proxy may have changed it.`,
    );
  }
  await rename(part, join(dir, name));
}

/** A download that is aborted midway ends its connection, but never settles. */
async function unlessAborted(work: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) {
    await work;
    return;
  }
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** A file gets its name only after its hash was checked, so name and size are enough here. */
async function isThere(dir: string, jar: LockedJar): Promise<boolean> {
  const found = await stat(join(dir, fileName(jar))).catch(() => null);
  return found?.size === jar.sizeBytes;
}

function fileName(jar: LockedJar): string {
  const [, artifactId, version] = jar.artifact.split(":");
  return `${artifactId}-${version}.jar`;
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha512");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
