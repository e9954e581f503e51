import { spawn } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../paths.ts";

interface CommandOptions {
  readonly signal: AbortSignal;
  /** `show`: its output is this process's. `keep`: it is returned. */
  readonly output: "show" | "keep";
}

interface CommandResult {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly output: string;
}

const KILL_AFTER_MS = 4_000;
const OUTPUT_LIMIT_CHARS = 20_000;

/** Runs a program that a dependency brings, such as `node_modules/next/dist/bin/next`, on this very Node. */
export function runCommand(
  program: string,
  args: readonly string[],
  { signal, output }: CommandOptions,
): Promise<CommandResult> {
  const child = spawn(process.execPath, [join(projectRoot, "node_modules", program), ...args], {
    cwd: projectRoot,
    stdio: output === "show" ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const keep = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-OUTPUT_LIMIT_CHARS);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  // Not `spawn`'s own signal: it reports an error at once, and the runner must be let finish ending its children.
  const end = () => {
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS).unref();
  };
  signal.addEventListener("abort", end, { once: true });
  return new Promise<CommandResult>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      signal.removeEventListener("abort", end);
      resolve({ code, output: text.trim() });
    });
  });
}
