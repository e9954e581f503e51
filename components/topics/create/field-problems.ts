import { ProblemError } from "#lib/problem.ts";
import { commonConfigs } from "./config-editor.ts";

/** The controller's refusal, by field of the form; `rest` is what belongs to no field of it. */
export interface FieldProblems {
  readonly name: string | null;
  readonly partitions: string | null;
  readonly replicationFactor: string | null;
  readonly assignment: string | null;
  /** By config key. */
  readonly configs: ReadonlyMap<string, string>;
  readonly rest: ProblemError | null;
}

const FIELDS = ["name", "partitions", "replicationFactor", "assignment"] as const;
const CONFIG = "configs.";

/**
 * Sorts a problem to the fields it is about.
 * @param error of a dry run or of the creation; null when there was none
 * @param configs the keys the form shows: a reason about another one has no field to stand at
 */
export function fieldProblems(error: unknown, configs: ReadonlySet<string>): FieldProblems {
  const problem = error instanceof ProblemError ? error : null;
  const at = (path: string) => problem?.invalidParams.find((param) => param.path === path)?.message ?? null;
  const byKey = new Map<string, string>();
  for (const { path, message } of problem?.invalidParams ?? []) {
    const key = path.startsWith(CONFIG) ? path.slice(CONFIG.length) : null;
    if (key !== null && configs.has(key)) byKey.set(key, message);
  }
  const found = {
    name: at("name"),
    partitions: at("partitions"),
    replicationFactor: at("replicationFactor"),
    assignment: at("assignment"),
  };
  const somewhere = byKey.size > 0 || FIELDS.some((field) => found[field] !== null);
  return { ...found, configs: byKey, rest: somewhere ? null : problem };
}

const labels: Readonly<Record<(typeof FIELDS)[number], string>> = {
  name: "Name",
  partitions: "Partitions",
  replicationFactor: "Replication factor",
  assignment: "Brokers of each partition",
};

/**
 * The fields that need a correction, as the form calls them, from its top.
 * @param fields the form's own objections, by field
 * @param configs the same by config key
 */
export function wrongFields(
  refusals: FieldProblems,
  fields: Partial<Record<(typeof FIELDS)[number], unknown>>,
  configs: ReadonlyMap<string, string>,
): string[] {
  const keys = new Set([...refusals.configs.keys(), ...configs.keys()]);
  const common = commonConfigs.filter(({ name }) => keys.has(name));
  const added = [...keys].filter((key) => !common.some(({ name }) => name === key));
  return [
    ...FIELDS.filter((field) => refusals[field] !== null || fields[field] !== undefined).map((field) => labels[field]),
    ...common.map(({ label }) => label),
    ...added,
  ];
}
