import type { NewTopic } from "#lib/contracts/topics.ts";
import { type InvalidParam, ProblemError } from "#lib/problem.ts";
import { codeProblem } from "../kafka/kafka-problem.ts";

const INVALID_TOPIC = 17;
const TOPIC_ALREADY_EXISTS = 36;
const INVALID_PARTITIONS = 37;
const INVALID_REPLICATION_FACTOR = 38;
const INVALID_REPLICA_ASSIGNMENT = 39;
const INVALID_CONFIG = 40;
const INVALID_REQUEST = 42;
const POLICY_VIOLATION = 44;

/**
 * The controller's refusal as a problem at the field it is about, in the controller's own words.
 * @param errorCode not 0
 */
export function refusedCreation(topic: NewTopic, errorCode: number, errorMessage: string | null): ProblemError {
  const reason = errorMessage ?? "The controller gave no reason.";
  const refused = (path: string | null) =>
    new ProblemError("topic-refused", reason, {
      invalidParams: path === null ? [] : [{ path, message: reason } satisfies InvalidParam],
    });
  switch (errorCode) {
    case TOPIC_ALREADY_EXISTS:
      return exists(reason);
    case INVALID_TOPIC:
      return /collides with/.test(reason) ? exists(collision(reason)) : refused("name");
    case INVALID_PARTITIONS:
      return refused(topic.assignment ? "assignment" : "partitions");
    case INVALID_REPLICATION_FACTOR:
      return refused(topic.assignment ? "assignment" : "replicationFactor");
    case INVALID_REPLICA_ASSIGNMENT:
      return refused(topic.assignment ? "assignment" : "replicationFactor");
    case INVALID_CONFIG:
      return refused(configPath(topic, reason));
    case POLICY_VIOLATION:
    case INVALID_REQUEST:
      return refused(policyPath(topic, reason));
    default: {
      const asking = {
        what: `to create topic ${topic.name}`,
        needs: `Create on Topic ${topic.name}, or on Cluster kafka-cluster`,
      };
      return codeProblem(errorCode, errorMessage, asking) ?? refused(null);
    }
  }
}

function exists(reason: string): ProblemError {
  return new ProblemError("topic-exists", reason, { invalidParams: [{ path: "name", message: reason }] });
}

/** Metrics write '.' and '_' alike, so Kafka takes such names for the same. */
function collision(reason: string): string {
  return `${reason}: names that differ only in '.' and '_' can't be told apart in metrics.`;
}

/** The longest of the given keys that the controller names: "retention.ms" is part of "delete.retention.ms" too. */
function configPath(topic: NewTopic, reason: string): string {
  const named = /configuration (\S+?):|config name: (\S+)/.exec(reason);
  const key = named?.[1] ?? named?.[2];
  if (key !== undefined && key in topic.configs) return `configs.${key}`;
  const mentioned = mentionedConfig(topic, reason);
  const [only, ...others] = Object.keys(topic.configs);
  if (mentioned !== null) return `configs.${mentioned}`;
  return only !== undefined && others.length === 0 ? `configs.${only}` : "configs";
}

function mentionedConfig(topic: NewTopic, reason: string): string | null {
  const mentioned = Object.keys(topic.configs).filter((key) => reason.includes(key));
  return mentioned.sort((a, b) => b.length - a.length)[0] ?? null;
}

/** A policy's words are free: a field is named only when the words name it. */
function policyPath(topic: NewTopic, reason: string): string | null {
  const config = mentionedConfig(topic, reason);
  if (config !== null) return `configs.${config}`;
  if (/replication.?factor/i.test(reason)) return "replicationFactor";
  if (/partition/i.test(reason)) return "partitions";
  return /\bname\b/i.test(reason) ? "name" : null;
}
