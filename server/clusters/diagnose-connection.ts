import type { diagnoseConnection as contract, Diagnosis } from "#lib/contracts/clusters.ts";
import type { ParsedInput } from "#lib/contracts/endpoint.ts";
import type { ClusterContext } from "../context.ts";
import { diagnoseBootstrap, diagnoseListener } from "../kafka/diagnosis/diagnose-address.ts";
import type { AdvertisedBroker } from "../kafka/diagnosis/probe-kafka.ts";
import { parseHostPort, where } from "../kafka/host-port.ts";
import type { ClusterSettings } from "../settings/cluster-settings.ts";
import { isLoopback } from "../settings/listening.ts";

type Chain = Diagnosis["chains"][number];

/** All chains together. Bootstrap servers, and then advertised listeners, are walked at the same time. */
const DIAGNOSIS_MS = 6_000;
/** A larger cluster's other listeners are left out; one pattern of advertised names mostly fits all. */
const MAX_ADVERTISED = 100;

/**
 * Walks the chain from this server to each bootstrap server, and from there to each listener that the brokers advertise:
 * name, TCP, TLS, login, ApiVersions, metadata. Names the first link that doesn't hold, and its fix. Shares no connection
 * with the rest of Tailrace, so that it shows what a new client would meet. No secret is in the answer.
 */
export async function diagnoseConnection(
  { cluster, signal }: Pick<ClusterContext, "cluster" | "signal">,
  _input: ParsedInput<typeof contract>,
): Promise<Diagnosis> {
  const observedAtMs = Date.now();
  const until = observedAtMs + DIAGNOSIS_MS;
  const bootstrap = cluster.bootstrapServers.map((server) => {
    const address = parseHostPort(server);
    return { address, walk: diagnoseBootstrap(cluster, address, signal, until) };
  });
  // Whoever tells the listeners first is believed, so that a silent server holds nobody up.
  const advertised = await Promise.any(
    bootstrap.map(({ walk }) => walk.then(({ advertised }) => advertised ?? Promise.reject(new Error("not told")))),
  ).catch((): readonly AdvertisedBroker[] => []);
  const [first, second] = await Promise.all([
    Promise.all(
      bootstrap.map(async ({ address, walk }): Promise<Chain> => {
        const { steps } = await walk;
        return { target: where(address), role: "bootstrap", brokerId: null, steps: [...steps] };
      }),
    ),
    Promise.all(
      advertised.slice(0, MAX_ADVERTISED).map((broker) => diagnoseAdvertised(cluster, broker, signal, until)),
    ),
  ]);
  const chains = [...first, ...second];
  const healthy = chains.every((chain) => brokenStep(chain) === null);
  return { healthy, verdict: verdictOf(first, second), chains, observedAtMs };
}

async function diagnoseAdvertised(
  cluster: ClusterSettings,
  broker: AdvertisedBroker,
  signal: AbortSignal,
  until: number,
): Promise<Chain> {
  const steps = await diagnoseListener(cluster, broker, signal, until);
  return {
    target: where(broker),
    role: "advertised",
    brokerId: broker.id,
    steps: [
      {
        link: "listener",
        subject: `broker ${broker.id}`,
        outcome: "ok",
        detail: `advertises ${where(broker)}`,
        remedy: null,
        tookMs: null,
      },
      ...steps.map((step) => withAdvertisedRemedy(step, cluster, broker)),
    ],
  };
}

/** A name or port that can't be reached was chosen by the broker: mending it there helps every client. */
function withAdvertisedRemedy<S extends Chain["steps"][number]>(
  step: S,
  cluster: ClusterSettings,
  broker: AdvertisedBroker,
): S {
  if (step.outcome !== "failed" || (step.link !== "dns" && step.link !== "tcp")) return step;
  const here = cluster.bootstrapServers.map(parseHostPort);
  const elsewhere = here.every(({ host }) => !isLoopback(host));
  const remedy =
    isLoopback(broker.host) && elsewhere
      ? `From here ${broker.host} is the machine that Tailrace runs on. Set advertised.listeners of broker ${broker.id} to a name that clients can reach.`
      : `Make ${where(broker)} reachable from here (DNS, /etc/hosts, firewall), or set advertised.listeners of broker ${broker.id} to a name and port that clients can reach.`;
  return { ...step, remedy };
}

function brokenStep(chain: Chain): Chain["steps"][number] | null {
  return chain.steps.find(({ outcome }) => outcome === "failed") ?? null;
}

function verdictOf(bootstrap: readonly Chain[], advertised: readonly Chain[]): string {
  const failing = bootstrap.filter((chain) => brokenStep(chain) !== null);
  const [first] = failing;
  const step = first ? brokenStep(first) : null;
  if (step && failing.length === bootstrap.length) {
    return `${bootstrap.length === 1 ? "The bootstrap server can't be used" : "No bootstrap server can be used"}. ${step.detail} ${step.remedy ?? ""}`.trim();
  }
  for (const chain of advertised) {
    const broken = brokenStep(chain);
    if (broken === null) continue;
    const who = `The bootstrap answers, but broker ${chain.brokerId} advertises ${chain.target}`;
    return broken.link === "dns"
      ? `${who}, which this host can't resolve. ${broken.remedy ?? ""}`.trim()
      : `${who}, and that link doesn't hold: ${broken.detail} ${broken.remedy ?? ""}`.trim();
  }
  if (first && step) {
    return `The cluster can be used, but the bootstrap server ${first.target} doesn't answer: ${step.detail} ${step.remedy ?? ""}`.trim();
  }
  return `Every link holds, to ${count(bootstrap.length, "bootstrap server")} and ${count(advertised.length, "advertised listener")}.`;
}

function count(n: number, what: string): string {
  return n === 1 ? `one ${what}` : `${n} ${what}s`;
}
