import { z } from "zod";
import { type NewTopic, newTopic } from "#lib/contracts/topics.ts";
import { assignmentText, parseAssignment } from "#lib/replica-assignment.ts";
import { topicNameProblem } from "#lib/topic-name.ts";

/** A config that is set; the others keep the cluster's default. */
export interface SetConfig {
  readonly name: string;
  readonly value: string;
}

/** What the form holds. Counts are null for "the broker's default". */
export interface TopicForm {
  name: string;
  sizing: "counts" | "assignment";
  partitions: number | null;
  replicationFactor: number | null;
  assignment: string;
  configs: SetConfig[];
}

export const emptyTopicForm: TopicForm = {
  name: "",
  sizing: "counts",
  partitions: null,
  replicationFactor: null,
  assignment: "",
  configs: [],
};

/** The request the form stands for. An assignment that can't be read is left out: the schema names it. */
export function toNewTopic(form: TopicForm): NewTopic {
  const parsed = form.sizing === "assignment" ? parseAssignment(form.assignment, null) : null;
  return {
    name: form.name.trim(),
    partitions: form.sizing === "assignment" ? -1 : (form.partitions ?? -1),
    replicationFactor: form.sizing === "assignment" ? -1 : (form.replicationFactor ?? -1),
    ...(parsed?.ok && { assignment: parsed.assignment.map((replicas) => [...replicas]) }),
    configs: Object.fromEntries(form.configs.map(({ name, value }) => [name, value])),
    dryRun: false,
  };
}

/**
 * The form's own checks: the words are ours, the rules are the contract's. What only the brokers know (is the name
 * taken, are there enough brokers, is the config known) is left to their dry run.
 */
export const topicFormSchema = z.custom<TopicForm>().superRefine((form, context) => {
  const add = (path: (string | number)[], message: string) => context.addIssue({ code: "custom", path, message });
  const name = topicNameProblem(form.name.trim());
  if (name) add(["name"], name);
  if (form.sizing === "assignment") {
    const parsed = parseAssignment(form.assignment, null);
    if (!parsed.ok) add(["assignment"], parsed.problem);
  }
  if (context.issues.length > 0) return;
  const parsed = newTopic.safeParse(toNewTopic(form));
  if (parsed.success) return;
  for (const issue of parsed.error.issues) {
    const [field, key] = issue.path;
    const at = field === "configs" ? form.configs.findIndex((config) => config.name === key) : -1;
    add(at === -1 ? [String(field)] : ["configs", at, "value"], issue.message);
  }
});

const PARAMS = { partitions: "partitions", replicationFactor: "replicationFactor" } as const;

/** The form as the query of a link, so that it can be handed to somebody else. */
export function topicFormToQuery(form: TopicForm): URLSearchParams {
  const query = new URLSearchParams();
  if (form.name !== "") query.set("name", form.name);
  if (form.sizing === "assignment") query.set("assignment", form.assignment);
  else {
    if (form.partitions !== null) query.set(PARAMS.partitions, String(form.partitions));
    if (form.replicationFactor !== null) query.set(PARAMS.replicationFactor, String(form.replicationFactor));
  }
  for (const { name, value } of form.configs) query.append("config", `${name}=${value}`);
  return query;
}

const MAX_CONFIGS = 200;

/** Reads such a query; whatever it can't use is left out, since a link may come from anywhere. */
export function topicFormFromQuery(query: URLSearchParams): TopicForm {
  const assignment = query.get("assignment");
  const configs = new Map<string, string>();
  for (const pair of query.getAll("config").slice(0, MAX_CONFIGS)) {
    const at = pair.indexOf("=");
    if (at > 0) configs.set(pair.slice(0, at), pair.slice(at + 1));
  }
  return {
    name: query.get("name") ?? "",
    sizing: assignment === null ? "counts" : "assignment",
    partitions: countIn(query, PARAMS.partitions),
    replicationFactor: countIn(query, PARAMS.replicationFactor),
    assignment: assignment ?? "",
    configs: [...configs].map(([name, value]) => ({ name, value })),
  };
}

function countIn(query: URLSearchParams, key: string): number | null {
  const text = query.get(key);
  return text !== null && /^[1-9]\d{0,4}$/.test(text) ? Number(text) : null;
}

/** Sets a config, or takes it back to the cluster's default (null), keeping the order in which they were set. */
export function withConfig(configs: readonly SetConfig[], name: string, value: string | null): SetConfig[] {
  if (value === null) return configs.filter((config) => config.name !== name);
  if (!configs.some((config) => config.name === name)) return [...configs, { name, value }];
  return configs.map((config) => (config.name === name ? { name, value } : config));
}

/** An assignment written a line a partition, as the form shows it. */
export function assignmentLines(assignment: readonly (readonly number[])[]): string {
  return assignmentText(assignment).replaceAll(",", "\n");
}
