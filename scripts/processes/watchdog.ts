import { spawn } from "node:child_process";

/** Ends a set of processes when the one that owns them dies without a chance to do it (SIGKILL, a crash). */
export interface Watchdog {
  /** Replaces the set. Call it whenever a process starts or ends: a pid must not be named after its process ended. */
  watch(pids: readonly number[]): void;
  /** Ends the watchdog; it touches nothing. */
  close(): void;
}

const GRACE_SECONDS = 3;

/**
 * A shell (1 MB) that reads our pids from a pipe: the pipe ends when we do, however we end. It ignores the terminal's signals, and kills
 * politely first. Without a POSIX shell (Windows) there is none: there the next start says what is left over.
 */
export function startWatchdog(): Watchdog {
  if (process.platform === "win32") return { watch() {}, close() {} };
  const script = `trap '' INT TERM HUP QUIT
pids=
alive() { for pid in $pids; do kill -0 $pid 2>/dev/null && return 0; done; return 1; }
while read -r line; do pids=$line; done
[ -n "$pids" ] || exit 0
kill -TERM $pids 2>/dev/null
i=0
while [ $i -lt ${GRACE_SECONDS * 10} ]; do
  alive || exit 0
  sleep 0.1
  i=$((i + 1))
done
kill -KILL $pids 2>/dev/null`;
  const shell = spawn("/bin/sh", ["-c", script], { stdio: ["pipe", "ignore", "ignore"] });
  shell.on("error", () => {});
  shell.stdin.on("error", () => {});
  shell.unref();
  const write = (pids: readonly number[]) => {
    if (shell.stdin.writable) shell.stdin.write(`${pids.join(" ")}\n`);
  };
  return {
    watch: write,
    close() {
      write([]);
      shell.stdin.end();
    },
  };
}
