"use client";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Select } from "#components/ui/select.tsx";
import type { SegmentList } from "#lib/contracts/segments.ts";
import { isReadable } from "../shown-replica.ts";

interface ReplicaSwitchProps {
  list: SegmentList;
  /** Whose replica is shown. */
  broker: number | undefined;
  onBroker: (broker: number) => void;
}

/** All in sight as long as there are few. */
const MAX_IN_SIGHT = 4;

/** Whose replica is looked into; nothing where there is no choice. */
export function ReplicaSwitch({ list: { replicas }, broker, onBroker }: ReplicaSwitchProps) {
  const readable = replicas.filter((replica) => replica.role !== "future" && isReadable(replica));
  if (readable.length === 0 || (readable.length === 1 && readable[0]?.brokerId === broker)) return null;
  const props = {
    value: broker === undefined ? "" : String(broker),
    onValueChange: (value: string) => onBroker(Number(value)),
  };
  if (readable.length <= MAX_IN_SIGHT) {
    return (
      <SegmentedControl
        aria-label="Replica"
        options={readable.map(({ brokerId, role }) => ({
          value: String(brokerId),
          label: role === "leader" ? `Broker ${brokerId}, leader` : `Broker ${brokerId}`,
        }))}
        {...props}
      />
    );
  }
  return (
    <Select
      aria-label="Replica"
      prefix="Replica"
      options={readable.map(({ brokerId, role }) => ({
        value: String(brokerId),
        label: `Broker ${brokerId}`,
        hint: role,
      }))}
      {...props}
    />
  );
}
