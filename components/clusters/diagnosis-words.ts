import type { Diagnosis } from "#lib/contracts/clusters.ts";

type Chain = Diagnosis["chains"][number];
type Step = Chain["steps"][number];

export const linkNames: Record<Step["link"], string> = {
  settings: "Settings",
  dns: "DNS",
  tcp: "TCP",
  tls: "TLS",
  sasl: "SASL",
  "api-versions": "ApiVersions",
  metadata: "Metadata",
  listener: "Listener",
};

/** The place of the link at which a chain ends; -1 when all hold. */
export function brokenAt({ steps }: Chain): number {
  return steps.findIndex(({ outcome }) => outcome === "failed");
}

/** What the check came to, in one line. */
export function diagnosisHeadline({ healthy, chains }: Diagnosis, displayName: string): string {
  if (healthy) return `${displayName} can be reached`;
  const bootstrap = chains.filter(({ role }) => role === "bootstrap");
  if (bootstrap.some((chain) => brokenAt(chain) === -1)) {
    return `${displayName} answers, but not every broker can be reached`;
  }
  if (bootstrap.length > 0 && bootstrap.every(({ steps }) => has(steps, "sasl", "failed"))) {
    return `${displayName} refuses the login`;
  }
  return bootstrap.some(({ steps }) => has(steps, "tcp", "ok"))
    ? `${displayName} can't be used`
    : `${displayName} can't be reached`;
}

/** Below the headline. One chain tells its own cause and fix: there it is only said where it ends. */
export function diagnosisSummary({ verdict, chains }: Diagnosis): string {
  const [only] = chains;
  const step = chains.length === 1 && only ? only.steps[brokenAt(only)] : undefined;
  return step === undefined ? verdict : `The chain ends at ${linkNames[step.link]}.`;
}

function has(steps: readonly Step[], link: Step["link"], outcome: Step["outcome"]): boolean {
  return steps.some((step) => step.link === link && step.outcome === outcome);
}
