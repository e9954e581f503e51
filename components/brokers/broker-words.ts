import type { BrokerSummary } from "#lib/contracts/brokers.ts";

/** Why a broker is not up, and what follows; null for one that is. */
export function brokerStateReason(broker: BrokerSummary): string | null {
  if (broker.state === "up") return null;
  if (broker.process === "stopped")
    return "It was stopped from here. Its replicas fall behind until it is started again.";
  if (broker.process === "starting")
    return "Its process is starting; it joins once it has caught up with the metadata.";
  if (broker.process === "stopping") return "Its process is stopping, and hands its leaderships over first.";
  return broker.state === "fenced"
    ? "It is registered, but the controller keeps clients away from it: it is starting, shutting down, or its heartbeats stopped."
    : "It holds replicas or is registered, but no other broker sees it. Look at its process, its host and its network.";
}
