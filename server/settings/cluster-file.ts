import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { clusterName } from "#lib/contracts/kafka.ts";
import { readAudit, readChangesTopic } from "./change-log-settings.ts";
import { type PropertyKey, type PropertySource, propertyKeys, readConnection } from "./cluster-properties.ts";
import type { ClusterSettings } from "./cluster-settings.ts";
import { readLogDirs } from "./log-dir-settings.ts";
import { nearestKey, type SettingsProblems } from "./settings-problems.ts";

const ownKeys = ["name", "displayName", "readOnly", "production", "audit", "changesTopic", "logDirs"] as const;
const scalar = z.union([z.string(), z.null()]);
/** Keys are checked one by one below, to name the nearest right one. */
const clusterEntry = z.record(z.string(), z.union([scalar, z.array(scalar)]));
const fileShape = z.object({ clusters: z.array(clusterEntry).min(1) });

/** Enough to share properties between clusters, too few to blow a small file up. */
const MAX_ALIASES = 100;

/**
 * Reads the clusters of the file that TAILRACE_CONFIG names: YAML, `clusters:` a list, each with Kafka's own property
 * names beside `name`, `displayName`, `readOnly`, `production`, `audit`, `changesTopic`, `logDirs`. `${NAME}` in a value is the environment variable NAME.
 */
export function readClusterFile(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
  problems: SettingsProblems,
): ClusterSettings[] {
  const parsed = readYaml(path, problems);
  if (parsed === null) return [];
  const shape = fileShape.safeParse(parsed);
  if (!shape.success) {
    problems.add(
      "TAILRACE_CONFIG",
      "the file has no list of clusters.",
      "Start it with `clusters:` and under it one entry a cluster, each a flat list of properties such as `name: prod` and `bootstrap.servers: kafka-1:9092`.",
    );
    return [];
  }
  const extra = Object.keys(parsed).find((key) => key !== "clusters");
  if (extra !== undefined) {
    problems.add(extra, "the file has no such setting at its top.", "Everything stands in `clusters:`.");
  }
  const seen = new Set<string>();
  return shape.data.clusters.map((entry, index) => {
    const cluster = readCluster(entry, `clusters[${index}]`, dirname(resolve(path)), env, problems);
    if (seen.has(cluster.name)) {
      problems.add(`clusters[${index}].name`, "another cluster has this name.", "Give each cluster its own.");
    }
    seen.add(cluster.name);
    return cluster;
  });
}

function readYaml(path: string, problems: SettingsProblems): object | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    return problems.add(
      "TAILRACE_CONFIG",
      `the file it names can't be read (${code}).`,
      "Give the path of a YAML file that this server may read.",
    );
  }
  const document = parseDocument(text, {
    uniqueKeys: true,
    prettyErrors: true,
    // Every value as it was written: a password of digits is no number. Only a key without a value is null.
    schema: "failsafe",
    customTags: ["null"],
    merge: true,
  });
  const error = document.errors[0];
  if (error !== undefined) {
    // Never its message: it quotes the file, and with it a password.
    const line = error.linePos?.[0]?.line;
    return problems.add(
      "TAILRACE_CONFIG",
      `the file isn't valid YAML${line === undefined ? "" : `: line ${line}`} (${error.code}).`,
      "Check its indentation, quotes and colons there; a key may stand only once.",
    );
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return problems.add(
      "TAILRACE_CONFIG",
      `the file has an alias (*name) without its anchor (&name), or more than ${MAX_ALIASES} aliases.`,
      "Write the values out where they are used.",
    );
  }
}

type Entry = z.output<typeof clusterEntry>;

function readCluster(
  entry: Entry,
  place: string,
  directory: string,
  env: Readonly<Record<string, string | undefined>>,
  problems: SettingsProblems,
): ClusterSettings {
  const known: readonly string[] = [...ownKeys, ...propertyKeys];
  for (const key of Object.keys(entry)) {
    if (known.includes(key)) continue;
    const nearest = nearestKey(key, known);
    problems.add(
      `${place}.${key}`,
      "Tailrace doesn't know this property.",
      nearest ? `Did you mean ${nearest}?` : `It reads ${known.join(", ")}.`,
    );
  }
  const resolved = resolveReferences(entry, known, place, env, problems);
  const name = resolved.get("name") ?? "";
  if (!clusterName.safeParse(name).success) {
    problems.add(
      `${place}.name`,
      name === "" ? "it is not set." : "it can't stand in a URL.",
      "Use lower-case letters, digits and hyphens, at most 63: prod-eu.",
    );
  }
  const flag = (key: "readOnly" | "production"): boolean => {
    const value = (resolved.get(key) ?? "false").toLowerCase();
    if (value !== "true" && value !== "false") {
      problems.add(`${place}.${key}`, "it is neither true nor false.", "Set it to true or false.");
    }
    return value === "true";
  };
  const source: PropertySource = {
    get: (key: PropertyKey) => resolved.get(key),
    label: (key) => `${place}.${key}`,
    directory,
  };
  return {
    name,
    displayName: resolved.get("displayName") ?? name,
    ...readConnection(source, problems),
    readOnly: flag("readOnly"),
    production: flag("production"),
    audit: readAudit(resolved.get("audit"), `${place}.audit`, problems),
    changesTopic: readChangesTopic(resolved.get("changesTopic"), `${place}.changesTopic`, problems),
    logDirs: readLogDirs(resolved.get("logDirs"), `${place}.logDirs`, problems),
    local: null,
  };
}

/** Every value as text, lists joined by commas, references replaced; a key without a value counts as not set. */
function resolveReferences(
  entry: Entry,
  known: readonly string[],
  place: string,
  env: Readonly<Record<string, string | undefined>>,
  problems: SettingsProblems,
): Map<string, string> {
  const resolved = new Map<string, string>();
  for (const [key, value] of Object.entries(entry)) {
    if (value === null || !known.includes(key)) continue;
    const text = Array.isArray(value) ? value.map(String).join(",") : String(value);
    const inJaas = key === "sasl.jaas.config" && !/^\$\{[^}]*\}$/.test(text.trim());
    resolved.set(
      key,
      text.replace(/\$\{([^}]*)\}/g, (_, name: string, at: number) => {
        const replacement = env[name];
        if (replacement === undefined) {
          problems.add(
            `${place}.${key}`,
            `it refers to the environment variable ${name}, which is not set.`,
            `Set ${name} for this server, or write the value itself.`,
          );
          return "";
        }
        return inJaas ? jaasText(replacement, text[at - 1] === "=") : replacement;
      }),
    );
  }
  return resolved;
}

/** Escaped as inside JAAS quotes, and quoted too where the reference stands bare after its "=". */
function jaasText(value: string, bare: boolean): string {
  const escaped = value.replace(/[\\"']/g, "\\$&");
  return bare ? `"${escaped}"` : escaped;
}
