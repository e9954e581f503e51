import type { ReplicaAccess } from "#lib/contracts/segments.ts";
import type { TopicStorage } from "#lib/contracts/topic-storage.ts";
import { formatMoment, type Zone } from "#lib/time.ts";

type Reason = Extract<ReplicaAccess, { state: "unreadable" }>["reason"];

/** Why a replica's files can't be read, in a few words; the detail beside it says the rest. */
export const accessWords: Readonly<Record<Reason, string>> = {
  "not-here": "on another machine",
  foreign: "another broker's directory",
  forbidden: "may not be opened",
  absent: "not in the log dirs that are read",
  "broker-away": "the broker doesn't say where",
  "switched-off": "switched off",
};

/** What a link asks for that only files can tell; null: nothing. */
export function askedOfFiles({
  offset,
  at,
  panel,
}: {
  readonly offset: string | null;
  readonly at: string | null;
  readonly panel: "find" | "verify";
}): string | null {
  if (panel === "verify") return "The link leads to the check of the files (Verify)";
  if (offset !== null) return `The link asks where offset ${offset} lies (Find)`;
  return at === null ? null : "The link asks where a time lies (Find)";
}

/** Where the files of a broker that is away are read. */
export function awaySentence(
  { brokerId, toldAtMs }: TopicStorage["away"][number],
  { zone, nowMs }: { readonly zone: Zone; readonly nowMs: number },
): string {
  const where =
    toldAtMs === null
      ? "where they are mounted"
      : `from its directory, as it told it at ${formatMoment(toldAtMs, zone, nowMs)}`;
  return `The files of broker ${brokerId} are read ${where}.`;
}

/** What would let them be read, where a setting is the remedy: for a shell, for the settings file, for containers. */
export interface AccessExamples {
  readonly file: string;
  readonly environment: string;
  readonly docker: string;
  readonly kubernetes: string;
}

/** Beyond, an example with every broker is no example. */
const MOST_BROKERS = 12;

/**
 * Settings for a cluster's own brokers.
 * @param needed those whose replicas are asked for: shown alone where the cluster has many
 */
export function accessExamples(cluster: string, brokers: readonly number[], needed: readonly number[]): AccessExamples {
  const ids = [...new Set(brokers.length === 0 || brokers.length > MOST_BROKERS ? needed : brokers)].sort(
    (a, b) => a - b,
  );
  const mounts = ids.map((id) => ({ id, path: `/mnt/broker-${id}` }));
  const entries = mounts.map(({ id, path }) => `${id}=${path}`);
  const environment = `TAILRACE_LOG_DIRS=${entries.join(",")}`;
  return {
    file: ["clusters:", `  - name: ${yamlText(cluster)}`, `    logDirs: [${entries.join(", ")}]`].join("\n"),
    environment,
    docker: [...mounts.map(({ id, path }) => `-v /srv/kafka/broker-${id}:${path}:ro`), `-e ${environment}`].join(
      " \\\n",
    ),
    kubernetes: [
      "env:",
      "  - name: TAILRACE_LOG_DIRS",
      `    value: ${entries.join(",")}`,
      "volumeMounts:",
      ...mounts.flatMap(({ id, path }) => [
        `  - name: broker-${id}-data`,
        `    mountPath: ${path}`,
        "    readOnly: true",
      ]),
    ].join("\n"),
  };
}

/** Plain where YAML reads it back as the same text. */
function yamlText(text: string): string {
  return /^[a-z][\w.-]*$/i.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
