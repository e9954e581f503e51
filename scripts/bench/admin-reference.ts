import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { KafkaRuntime } from "../local-kafka/tools.ts";

const TIMEOUT_MS = 300_000;
const SOURCE = fileURLToPath(new URL("./AdminReference.java", import.meta.url));

/**
 * Median milliseconds of Kafka's own AdminClient, by question; run by Java's source launcher, in a JVM that stays warm.
 * @throws Error in one line, when it fails; a JRE without the compiler can't run it at all.
 */
export async function adminReference(
  { java, classPath }: KafkaRuntime,
  {
    bootstrap,
    runs,
    about,
    one,
  }: {
    bootstrap: readonly string[];
    runs: number;
    about: "topics" | "groups";
    /** The topic or group whose detail is asked. */
    one: string;
  },
): Promise<ReadonlyMap<string, number>> {
  const args = [
    "-cp",
    classPath,
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
    SOURCE,
    bootstrap.join(","),
    String(runs),
    about,
    one,
  ];
  const { stdout } = await promisify(execFile)(java.command, args, { timeout: TIMEOUT_MS }).catch((error: unknown) => {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).split("\n")[0] : String(error);
    throw new Error(`Kafka's AdminClient failed: ${said}`, { cause: error });
  });
  return new Map(
    stdout
      .trim()
      .split("\n")
      .map((line) => line.split("\t"))
      .map(([name = "", millis]) => [name, Number(millis)]),
  );
}
