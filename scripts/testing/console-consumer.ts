import { runTool } from "../local-kafka/tools.ts";
import { testCluster } from "./test-cluster.ts";

const SEPARATOR = "\u0001";
const NULL_TEXT = "\u0002null";

/** A message as Kafka's own console consumer prints it; texts are UTF-8, null is null. */
export interface PrintedMessage {
  /** "CreateTime:1763690000000" */
  readonly timestamp: string;
  readonly offset: string;
  /** "name:value,name:value" */
  readonly headers: string;
  readonly key: string | null;
  readonly value: string | null;
}

/** Reads so many messages of one partition from an offset on by `ConsoleConsumer`, in no group. */
export async function consoleConsumer(
  topic: string,
  partition: number,
  { from, count }: { from: number; count: number },
): Promise<PrintedMessage[]> {
  const properties = {
    "print.timestamp": "true",
    "print.offset": "true",
    "print.headers": "true",
    "print.key": "true",
    "key.separator": SEPARATOR,
    "null.literal": NULL_TEXT,
  };
  const { stdout } = await runTool("org.apache.kafka.tools.consumer.ConsoleConsumer", [
    ...["--bootstrap-server", testCluster().bootstrap.join(","), "--topic", topic],
    ...["--partition", String(partition), "--offset", String(from)],
    ...["--max-messages", String(count), "--timeout-ms", "15000"],
    ...Object.entries(properties).flatMap(([key, value]) => ["--property", `${key}=${value}`]),
  ]);
  const orNull = (text = "") => (text === NULL_TEXT ? null : text);
  return stdout
    .split("\n")
    .filter((line) => line.includes(SEPARATOR))
    .map((line) => {
      const [timestamp = "", offset = "", headers = "", key, value] = line.split(SEPARATOR);
      return { timestamp, offset: offset.replace("Offset:", ""), headers, key: orNull(key), value: orNull(value) };
    });
}
