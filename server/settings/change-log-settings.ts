import { topicName } from "#lib/contracts/kafka.ts";
import { type Audit, audits } from "./cluster-settings.ts";
import type { SettingsProblems } from "./settings-problems.ts";

const DEFAULT_AUDIT: Audit = "best-effort";
const DEFAULT_TOPIC = "_tailrace_changes";

/** `audit` of a cluster, or TAILRACE_AUDIT. */
export function readAudit(given: string | undefined, key: string, problems: SettingsProblems): Audit {
  if (!given) return DEFAULT_AUDIT;
  const audit = audits.find((one) => one === given.toLowerCase());
  if (audit !== undefined) return audit;
  problems.add(key, "there is no such choice.", `Use one of ${audits.join(", ")}.`);
  return DEFAULT_AUDIT;
}

/** `changesTopic` of a cluster, or TAILRACE_CHANGES_TOPIC. */
export function readChangesTopic(given: string | undefined, key: string, problems: SettingsProblems): string {
  if (!given) return DEFAULT_TOPIC;
  const parsed = topicName.safeParse(given);
  if (parsed.success) return parsed.data;
  problems.add(key, "Kafka takes no topic of this name.", "Use ASCII letters, digits, '.', '_' and '-', at most 249.");
  return DEFAULT_TOPIC;
}
