import { isAbsolute } from "node:path";
import type { SettingsProblems } from "./settings-problems.ts";

/** Brokers' log dirs as they are mounted on this machine, by broker id; several for a broker with several. */
export type MountedLogDirs = ReadonlyMap<number, readonly string[]>;
/** off: nothing is read from disks, neither what is mounted nor what lies on this machine. */
export type LogDirSetting = MountedLogDirs | "off";

const ENTRY = /^\s*(0|[1-9]\d{0,9})\s*=\s*(\S(?:.*\S)?)\s*$/;
const MAX_BROKER = 2_147_483_647;

/**
 * `logDirs` of a cluster, or TAILRACE_LOG_DIRS: "off", or entries `<broker id>=<absolute path>`, parted by commas. Whether they
 * are there is seen when they are read.
 */
export function readLogDirs(given: string | undefined, key: string, problems: SettingsProblems): LogDirSetting {
  if (given?.trim().toLowerCase() === "off") return "off";
  const byBroker = new Map<number, string[]>();
  for (const entry of (given ?? "").split(",")) {
    if (entry.trim() === "") continue;
    const [, id, path] = ENTRY.exec(entry) ?? [];
    if (id === undefined || path === undefined || Number(id) > MAX_BROKER || !isAbsolute(path)) {
      problems.add(
        key,
        `"${entry.trim().slice(0, 200)}" isn't of the form broker=path.`,
        "Name a broker's id and where its log dir is mounted on this machine: 1=/mnt/broker-1,2=/mnt/broker-2. Or write off alone: nothing is read from disks then.",
      );
      continue;
    }
    byBroker.set(Number(id), [...(byBroker.get(Number(id)) ?? []), path]);
  }
  return byBroker;
}
