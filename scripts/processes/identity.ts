import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * When a process started, as text that differs for a later process with the same pid: pid and identity together name one process for ever.
 * Null when there is no such process, or when the platform does not tell (Windows): then nothing may be concluded, and nothing killed.
 */
export function processIdentity(pid: number): string | null {
  if (process.platform === "linux") return linuxIdentity(pid);
  if (process.platform === "win32") return null;
  try {
    return (
      execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8", timeout: 2_000 }).trim() || null
    );
  } catch {
    return null;
  }
}

function linuxIdentity(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The second field is the program's name in brackets and may hold anything: count from its end. See proc_pid_stat(5).
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, startedTicks] = [fields[0], fields[19]];
    if (state === "Z" || state === "X" || !startedTicks) return null;
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim()}:${startedTicks}`;
  } catch {
    return null;
  }
}
