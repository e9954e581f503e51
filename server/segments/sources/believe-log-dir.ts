import { readProperties } from "../checkpoint.ts";
import { FenceError, LogDirectory } from "../partition-directory.ts";

/** A log dir that is this broker's for certain, or why it isn't taken for that. */
export type Believed =
  | { readonly log: LogDirectory; readonly directoryId: string | null }
  | { readonly reason: "foreign" | "forbidden" | "absent"; readonly detail: string };

/** `meta.properties` is some 100 bytes. */
const MAX_META_BYTES = 64 * 1024;

/**
 * Opens a log dir only if its `meta.properties` says that it belongs to this cluster and this broker: a path alone may name
 * another broker's, or what was left behind by one.
 * @param path where it lies on this machine
 */
export async function believeLogDir(path: string, clusterId: string | null, brokerId: number): Promise<Believed> {
  let log: LogDirectory;
  let text: string;
  try {
    log = await LogDirectory.open(path);
    const meta = await log.openFile("meta.properties");
    try {
      text = (await meta.read(0, Math.min(meta.sizeBytes, MAX_META_BYTES))).toString("utf8");
    } finally {
      await meta.close();
    }
  } catch (error) {
    if (!(error instanceof FenceError)) throw error;
    return refused(path, error);
  }
  const properties = readProperties(text);
  const cluster = properties.get("cluster.id");
  // Until Kafka 3.x with ZooKeeper it was broker.id.
  const broker = properties.get("node.id") ?? properties.get("broker.id");
  if (clusterId === null || cluster !== clusterId) {
    return foreign(
      path,
      `its meta.properties names cluster ${cluster ?? "(none)"}, and this one is ${clusterId ?? "unknown"}`,
    );
  }
  if (broker !== String(brokerId)) {
    return foreign(path, `its meta.properties names broker ${broker ?? "(none)"}, not ${brokerId}`);
  }
  return { log, directoryId: properties.get("directory.id") ?? null };
}

function foreign(path: string, why: string): Believed {
  return {
    reason: "foreign",
    detail: `${path} isn't read: ${why}. Check what is mounted there, and logDirs in the settings.`,
  };
}

function refused(path: string, error: FenceError): Believed {
  if (error.reason === "forbidden") {
    return {
      reason: "forbidden",
      detail: `${error.message} Let that user read ${path}: Tailrace writes nothing there.`,
    };
  }
  return {
    reason: "absent",
    detail: `${error.message} No log dir is at ${path} on the machine that Tailrace runs on.`,
  };
}
