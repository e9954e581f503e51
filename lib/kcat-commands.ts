import type { ClusterSummary } from "./contracts/clusters.ts";
import { shellCommand, shellWord } from "./kafka-commands.ts";
import type { TailStart } from "./tail/start.ts";

/**
 * The same reading as Tailrace's, as a command line of kcat 1.7 (librdkafka), ready to paste into a POSIX shell. Like
 * Tailrace it joins no group and commits nothing. What is secret, or only this server has, is left in capitals.
 */

type Cluster = Pick<ClusterSummary, "bootstrap" | "security">;

export interface MessageAddress {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

/** First when and where a message lies, then its headers, its key and its value, a line each. */
const WHOLE_MESSAGE = "%t-%p@%o %T\\n%h\\n%k\\n%s\\n";
const ONE_LINE = "%T %t-%p@%o %k %s\\n";

/** Reads one message, whatever became of its transaction. */
export function kcatMessageCommand(cluster: Cluster, { topic, partition, offset }: MessageAddress): string {
  return shellCommand([
    ["kcat", "-C", "-e", "-q"],
    ...connection(cluster),
    ["-X", "isolation.level=read_uncommitted"],
    ["-t", topic, "-p", String(partition), "-o", offset, "-c", "1"],
    ["-f", WHOLE_MESSAGE],
  ]);
}

/** What a tail reads. kcat follows a pattern only as a member of a group: none for such a tail. */
export interface TailToFollow {
  readonly topics: readonly string[];
  /** Of the only topic; null for all. */
  readonly partitions: readonly number[] | null;
  readonly start: TailStart;
  readonly isolation: "uncommitted" | "committed";
}

/** Follows topics, a command for each topic and chosen partition, until Ctrl-C. What is filtered is not in it. */
export function kcatTailCommand(cluster: Cluster, { topics, partitions, start, isolation }: TailToFollow): string {
  const selections = topics.flatMap((topic) =>
    partitions === null ? [["-t", topic]] : partitions.map((partition) => ["-t", topic, "-p", String(partition)]),
  );
  const commands = selections.map((selection) => {
    const begin = shellCommand([
      ["kcat", "-C", "-u", "-q"],
      ...connection(cluster),
      ["-X", `isolation.level=read_${isolation}`],
      selection,
    ]);
    return `${begin} -o ${startOption(start)} \\\n  -f ${shellWord(ONE_LINE)}`;
  });
  return commands.length === 1
    ? (commands[0] ?? "")
    : [...commands.map((command) => `${command} &`), "wait"].join("\n");
}

/** As one word of a shell. */
function startOption(start: TailStart): string {
  switch (start.kind) {
    case "now":
      return "end";
    case "earliest":
      return "beginning";
    case "last":
      return `-${start.count}`;
    case "ago":
      return `s@$(( $(date +%s)000 - ${start.ms} ))`;
    case "at":
      return `s@${start.timestampMs}`;
    case "offset":
      return start.offset;
  }
}

function connection({ bootstrap, security: { protocol, saslMechanism } }: Cluster): string[][] {
  const lines = [["-b", bootstrap]];
  if (protocol !== "PLAINTEXT") lines.push(["-X", `security.protocol=${protocol}`]);
  if (protocol.endsWith("SSL")) lines.push(["-X", "ssl.ca.location=CA_FILE"]);
  if (saslMechanism !== null) {
    lines.push(["-X", `sasl.mechanisms=${saslMechanism}`]);
    lines.push(["-X", "sasl.username=USERNAME", "-X", "sasl.password=PASSWORD"]);
  }
  return lines;
}
