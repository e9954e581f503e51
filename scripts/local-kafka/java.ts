import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

export interface Java {
  /** What to run. */
  readonly command: string;
  /** 17, 21, 25… */
  readonly major: number;
  /** Names this exact build, for files that fit no other. */
  readonly fingerprint: string;
}

const MINIMUM_JAVA = 17;
const PROBE_TIMEOUT_MS = 15_000;

/**
 * The Java to run Kafka with: `JAVA_HOME`'s, else the one in PATH.
 *
 * @throws Error that says how to get one, when there is none or it is older than Kafka needs.
 */
export async function findJava(env: Readonly<Record<string, string | undefined>> = process.env): Promise<Java> {
  const program = process.platform === "win32" ? "java.exe" : "java";
  const fromHome = env.JAVA_HOME ? join(env.JAVA_HOME, "bin", program) : null;
  if (fromHome && !existsSync(fromHome))
    throw new Error(`JAVA_HOME is ${env.JAVA_HOME}, but ${fromHome} does not exist. Correct or unset it.`);
  const command = fromHome ?? "java";
  const said = await promisify(execFile)(command, ["-version"], {
    env: { ...env } as NodeJS.ProcessEnv,
    timeout: PROBE_TIMEOUT_MS,
  }).catch(() => null);
  // macOS has a stub `java` that only says that none is installed; it fails as a missing one does.
  const major = said === null ? null : majorVersion(said.stderr);
  if (said === null || major === null)
    throw new Error(`The local Kafka needs Java ${MINIMUM_JAVA} or newer, and none was found. ${howToGetJava()}`);
  if (major < MINIMUM_JAVA) {
    throw new Error(
      `The local Kafka needs Java ${MINIMUM_JAVA} or newer; ${command} is Java ${major}. ${howToGetJava()}`,
    );
  }
  return {
    command,
    major,
    fingerprint: createHash("sha256").update(command).update(said.stderr).digest("hex").slice(0, 12),
  };
}

/** `openjdk version "17.0.15"`, and before 9 `java version "1.8.0_402"`. */
export function majorVersion(versionOutput: string): number | null {
  const found = /version "(?:1\.)?(\d+)/.exec(versionOutput)?.[1];
  return found === undefined ? null : Number(found);
}

function howToGetJava(): string {
  const install =
    process.platform === "darwin"
      ? "Install one with `brew install openjdk@21` and set JAVA_HOME to `brew --prefix openjdk@21`"
      : process.platform === "win32"
        ? "Install one with `winget install EclipseAdoptium.Temurin.21.JDK`"
        : existsSync("/etc/debian_version")
          ? "Install one with `sudo apt-get install openjdk-17-jre-headless`"
          : "Install a JDK or JRE with your system's package manager (Fedora: java-21-openjdk-headless, Alpine: openjdk21-jre-headless)";
  return `${install}, or set KAFKA_BROKERS=host:9092 to use a Kafka you have.`;
}
