import type { Environment } from "./environment.ts";
import type { SettingsProblems } from "./settings-problems.ts";

/** Where the server listens, by which names it may be called, and who gets in. */
export interface ListeningSettings {
  readonly host: string;
  readonly port: number;
  /** Beyond loopback and `host`; lower case, without port. */
  readonly allowedHosts: readonly string[];
  readonly auth: "none";
}

const DEFAULT_PORT = 3000;
const MAX_PORT = 65_535;

export function readListening(env: Environment, problems: SettingsProblems): ListeningSettings {
  const host = env.HOST?.trim() || "127.0.0.1";
  const port = env.PORT?.trim() || String(DEFAULT_PORT);
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > MAX_PORT) {
    problems.add("PORT", "it is no port.", "Use a number between 1 and 65535.");
  }
  const auth = env.TAILRACE_AUTH?.trim() || "none";
  if (auth !== "none") {
    problems.add("TAILRACE_AUTH", "only none is supported in this version.", "Remove it, or set it to none.");
  } else if (!isLoopback(host)) {
    problems.add(
      "HOST",
      "it opens the server to other machines, where everybody would be let in (TAILRACE_AUTH=none).",
      `Use 127.0.0.1 (the default), and a tunnel such as ssh -L ${DEFAULT_PORT}:127.0.0.1:${port} to reach it from elsewhere.`,
    );
  }
  const allowedHosts = (env.TAILRACE_ALLOWED_HOSTS ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  for (const name of allowedHosts) {
    if (/^(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)$/.test(name)) continue;
    problems.add(
      "TAILRACE_ALLOWED_HOSTS",
      "one of its entries is no host name.",
      "Give names or addresses without protocol and port, parted by commas: kafka-ui.example.org,[2001:db8::7].",
    );
  }
  return { host, port: Number(port), allowedHosts, auth: "none" };
}

/** 127.0.0.0/8, ::1 (also in brackets) and localhost. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" || name === "::1" || /^127(?:\.\d{1,3}){3}$/.test(name);
}
