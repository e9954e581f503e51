import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { projectRoot } from "../paths.ts";
import { findChromium } from "./chromium.ts";

const INSTALL_TIMEOUT_MS = 240_000;

/**
 * A browser for the browser tests: one that is there, else Debian's package where this process may install it, else Playwright's own.
 *
 * @returns how it came about, in words.
 * @throws Error with what the installer said.
 */
export async function ensureChromium(signal: AbortSignal): Promise<string> {
  const found = findChromium();
  if (found) return `Chromium: ${found}`;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update", "-qq"], env, signal);
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], env, signal);
    return "Chromium: Debian's package, just installed";
  }
  await run("npx", ["playwright", "install", "chromium"], process.env, signal);
  return "Chromium: Playwright's own";
}

async function run(command: string, args: string[], env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  const options = { cwd: projectRoot, env, signal, timeout: INSTALL_TIMEOUT_MS, shell: process.platform === "win32" };
  try {
    await promisify(execFile)(command, args, options);
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    throw new Error(
      `Could not install a Chromium (${command} ${args.join(" ")}): ${said.trim()}\nInstall one and name it in CHROMIUM_PATH.`,
      { cause: error },
    );
  }
}
