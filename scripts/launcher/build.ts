import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { glob, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { projectRoot } from "../paths.ts";

/** All that `next build` reads, tests left out. */
const INPUTS = [
  "{app,components,lib,public,server}/**/*",
  "{next.config,proxy,instrumentation,instrumentation-node,instrumentation-client}.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];
const NOT_INPUTS = /\.test\.tsx?$/;
const OUTPUT_TAIL_CHARS = 4_000;

interface BuildOptions {
  readonly logFile: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Told what `next build` says. */
  readonly onProgress?: (detail: string) => void;
}

/** The folder that `next build` writes and `next start` reads. */
function buildDir(env: NodeJS.ProcessEnv = process.env): string {
  return join(projectRoot, env.NEXT_DIST_DIR ?? ".next");
}

/** Whether what was built is not what the sources say now. */
export async function isBuildStale(env?: NodeJS.ProcessEnv): Promise<boolean> {
  const dir = buildDir(env);
  if (!existsSync(join(dir, "BUILD_ID"))) return true;
  try {
    return readFileSync(stampFile(dir), "utf8") !== (await hashInputs());
  } catch {
    return true;
  }
}

/** @throws Error with the end of what `next build` printed. */
export async function build({ logFile, env = process.env, signal, onProgress }: BuildOptions): Promise<void> {
  const dir = buildDir(env);
  await rm(stampFile(dir), { force: true });
  const inputs = await hashInputs();
  await mkdir(dirname(logFile), { recursive: true });
  const next = join(projectRoot, "node_modules/next/dist/bin/next");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: projectRoot,
    env: { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  let output = "";
  const read = (chunk: Buffer) => {
    output += chunk.toString();
    const line = output.trimEnd().split("\n").at(-1)?.trim();
    if (line) onProgress?.(line);
  };
  child.stdout.on("data", read);
  child.stderr.on("data", read);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("exit", resolve);
    child.once("error", reject);
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error;
  });
  await writeFile(logFile, output);
  if (code !== 0) throw new Error(`next build failed:\n${output.slice(-OUTPUT_TAIL_CHARS).trim()}`);
  await writeFile(stampFile(dir), inputs);
}

async function hashInputs(): Promise<string> {
  const paths: string[] = [];
  for (const pattern of INPUTS) {
    for await (const entry of glob(pattern, { cwd: projectRoot, withFileTypes: true })) {
      if (entry.isFile() && !NOT_INPUTS.test(entry.name)) paths.push(join(entry.parentPath, entry.name));
    }
  }
  const hash = createHash("sha256").update(process.version);
  for (const path of paths.sort()) {
    hash.update(`\0${path}\0`).update(await readFile(path));
  }
  return hash.digest("hex");
}

function stampFile(dir: string): string {
  return join(dir, "tailrace-inputs.sha256");
}
