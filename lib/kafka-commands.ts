/**
 * The same act as Tailrace performs, as a command line of Kafka's own tools, ready to paste into a POSIX shell.
 * Options as in Kafka 3.6 to 4.x.
 */

const SAFE_WORD = /^[A-Za-z0-9_./:,@%+-][A-Za-z0-9_./:,@%+=-]*$/;

/** One word for a POSIX shell: bare when that is safe, else in single quotes, inside which only `'` is special. */
export function shellWord(word: string): string {
  return SAFE_WORD.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Lines of words; the lines of one command are joined by a backslash and a newline. */
export function shellCommand(lines: readonly (readonly string[])[]): string {
  return lines.map((words) => words.map(shellWord).join(" ")).join(" \\\n  ");
}

/** What a new topic is to be; the shape of `newTopic` in the contract, without the dry run. */
export interface TopicToCreate {
  readonly name: string;
  /** -1: the broker's default. */
  readonly partitions: number;
  /** -1: the broker's default. */
  readonly replicationFactor: number;
  readonly assignment?: readonly (readonly number[])[] | undefined;
  readonly configs: Readonly<Record<string, string>>;
}

/**
 * `kafka-topics.sh --create`. It splits `--config` at every "=" and wants exactly two parts, so a value that is empty or
 * holds "=" follows as a `kafka-configs.sh --alter`, which takes such values in brackets.
 */
export function createTopicCommand(bootstrap: string, topic: TopicToCreate): string {
  const configs = Object.entries(topic.configs);
  const atCreation = configs.filter(([, value]) => value !== "" && !value.includes("="));
  const afterwards = configs.filter(([, value]) => value === "" || value.includes("="));
  const create = shellCommand([
    ["kafka-topics.sh", "--create"],
    ["--bootstrap-server", bootstrap],
    ["--topic", topic.name],
    ...sizeOf(topic),
    ...atCreation.map(([name, value]) => ["--config", `${name}=${value}`]),
  ]);
  if (afterwards.length === 0) return create;
  const alter = shellCommand([
    ["kafka-configs.sh", "--alter"],
    ["--bootstrap-server", bootstrap],
    ["--entity-type", "topics", "--entity-name", topic.name],
    ["--add-config", afterwards.map(([name, value]) => `${name}=${bracketed(value)}`).join(",")],
  ]);
  return `${create} &&\n${alter}`;
}

function sizeOf({ partitions, replicationFactor, assignment }: TopicToCreate): string[][] {
  if (assignment) return [["--replica-assignment", assignment.map((replicas) => replicas.join(":")).join(",")]];
  const counts = [
    ...(partitions === -1 ? [] : ["--partitions", String(partitions)]),
    ...(replicationFactor === -1 ? [] : ["--replication-factor", String(replicationFactor)]),
  ];
  return counts.length === 0 ? [] : [counts];
}

function bracketed(value: string): string {
  return /[,=]/.test(value) ? `[${value}]` : value;
}

/** `kafka-topics.sh --describe`, whose `--topic` is a regular expression: a bare "." would match any character. */
export function describeTopicCommand(bootstrap: string, topic: string): string {
  return shellCommand([
    ["kafka-topics.sh", "--describe"],
    ["--bootstrap-server", bootstrap],
    ["--topic", topic.replaceAll(".", "\\.")],
  ]);
}

/** `kafka-configs.sh --describe --all`: defaults too, with their synonyms. */
export function describeConfigsCommand(
  bootstrap: string,
  entity: { readonly topic: string } | { readonly broker: number },
): string {
  const [type, name] = "topic" in entity ? ["topics", entity.topic] : ["brokers", String(entity.broker)];
  return shellCommand([
    ["kafka-configs.sh", "--describe", "--all"],
    ["--bootstrap-server", bootstrap],
    ["--entity-type", type, "--entity-name", name],
  ]);
}

/** `kafka-log-dirs.sh --describe`: what lies in the log dirs of brokers, as JSON; of one topic when that is given. */
export function describeLogDirsCommand(bootstrap: string, brokers: readonly number[], topic?: string): string {
  return shellCommand([
    ["kafka-log-dirs.sh", "--describe"],
    ["--bootstrap-server", bootstrap],
    ["--broker-list", brokers.join(",")],
    ...(topic === undefined ? [] : [["--topic-list", topic]]),
  ]);
}

/**
 * `kafka-dump-log.sh` (DumpLogSegments), where the files are: every batch and record header of a segment. It takes a list of paths
 * with commas between, so one that holds a comma can't be given.
 * @param files absolute paths
 */
export function dumpLogCommand(files: readonly string[]): string {
  return shellCommand([
    ["kafka-dump-log.sh", "--deep-iteration"],
    ["--files", files.join(",")],
  ]);
}

/** The same tool on index files: whether their entries are in order and point at what the log holds. */
export function checkIndexesCommand(files: readonly string[]): string {
  return shellCommand([
    ["kafka-dump-log.sh", "--index-sanity-check"],
    ["--files", files.join(",")],
  ]);
}

/** The same for all segments of a partition. @param directory its absolute path */
export function dumpPartitionCommand(directory: string): string {
  return overFiles("--deep-iteration", [`${shellWord(directory)}/*.log`]);
}

/** The same for all offset and time indexes of a partition. @param directory its absolute path */
export function checkPartitionIndexesCommand(directory: string): string {
  return overFiles("--index-sanity-check", [`${shellWord(directory)}/*.index`, `${shellWord(directory)}/*.timeindex`]);
}

/** A shell writes the list of files; the tool takes no notice of the comma at its end. */
function overFiles(option: string, patterns: readonly string[]): string {
  return `kafka-dump-log.sh ${option} \\\n  --files "$(printf '%s,' ${patterns.join(" ")})"`;
}
