import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Linux counts in hundredths of a second whatever the kernel's own clock is. */
const TICKS_A_SECOND = 100;

/** Seconds of CPU that a process has used in all its threads; on other systems than Linux in whole seconds. */
export function processCpuSeconds(pid: number): number {
  try {
    // Behind the name, which may hold anything: state, then utime and stime as 12th and 13th.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  } catch {
    const said = execFileSync("ps", ["-o", "time=", "-p", String(pid)], { encoding: "utf8" }).trim();
    return said.split(/[-:]/).reduce((sum, part) => sum * 60 + Number(part), 0);
  }
}
