"use client";
import Link from "next/link";
import { BrokerProcessButton } from "#components/brokers/broker-process-button.tsx";
import { BrokerState } from "#components/brokers/broker-state.tsx";
import { DiskBar } from "#components/ui/disk-bar.tsx";
import { Unknown } from "#components/ui/quantity.tsx";
import { Table, Td, Th, Tr } from "#components/ui/table.tsx";
import type { Overview } from "#lib/contracts/clusters.ts";
import { DISK_CRIT_PERCENT, DISK_WARN_PERCENT } from "#lib/disk-fullness.ts";
import { formatBytes, formatCount } from "#lib/format.ts";
import { brokerHref, brokersHref } from "#lib/hrefs.ts";

type Broker = Overview["brokers"][number];

/** Every broker in one line each; on the local cluster a way to stop one. */
export function OverviewBrokers({ overview }: { overview: Overview }) {
  const { cluster, brokers } = overview;
  return (
    <section aria-labelledby="brokers">
      <div className="flex min-h-10 items-center gap-3 pt-2 pb-1.5">
        <h2 id="brokers">Brokers</h2>
        <span className="flex-1" />
        <Link href={brokersHref(cluster.name)} className="link">
          All brokers
        </Link>
      </div>
      <Table label="Brokers" className="table-fixed">
        <colgroup>
          <col className="w-[27%]" />
          <col className="w-[20%]" />
          <col className="w-[17%]" />
          <col />
          <col className="w-[54px]" />
        </colgroup>
        <thead>
          <tr>
            <Th>Broker</Th>
            <Th>State</Th>
            <Th right>Leaders</Th>
            <Th title={`The fullest disk of the broker. The mark is at ${DISK_WARN_PERCENT}%`}>Disk used</Th>
            <Th right>
              <span className="sr-only">Disk used, percent</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {brokers.map((broker) => (
            <BrokerRow key={broker.id} broker={broker} cluster={cluster.name} />
          ))}
        </tbody>
      </Table>
      {cluster.local && !cluster.readOnly && <LocalControl overview={overview} />}
    </section>
  );
}

function BrokerRow({ broker, cluster }: { broker: Broker; cluster: string }) {
  const { diskUsedPercent: percent } = broker;
  return (
    <Tr>
      <Td className="h-[34px] truncate">
        <Link href={brokerHref(cluster, broker.id)} className="link-quiet">
          {broker.id}
        </Link>{" "}
        <span className="text-ink-3">{broker.rack ?? ""}</span>
      </Td>
      <Td className="h-[34px] text-ink-2">
        {/* What its process does is told below the table. */}
        <BrokerState broker={{ state: broker.state, process: null }} />
      </Td>
      <Td right className="h-[34px]">
        {formatCount(broker.leaderCount)}
      </Td>
      <Td className="h-[34px]">
        <DiskBar percent={percent} stale={broker.state === "down"} />
      </Td>
      <Td right className="h-[34px]">
        {percent === null ? (
          <Unknown why="the disk's size is not known" />
        ) : (
          <span
            title={`All its disks: ${formatBytes(diskUsed(broker))} of ${formatBytes(broker.diskTotalBytes)}`}
            className={percentClass(broker.state, percent)}
          >
            {percent}
            <span className="text-ink-3">%</span>
          </span>
        )}
      </Td>
    </Tr>
  );
}

const whatToSee: Record<NonNullable<Broker["process"]>, string> = {
  running:
    "This is the sample cluster. Stop a broker to see its partitions turn amber within seconds, its leaders move, and writes go on.",
  stopping: "It hands its leaders over first, so that writes go on.",
  stopped: "Start it again to see its replicas catch up, and everything heal by itself.",
  starting: "Once it is up, its replicas fetch what they missed; then they are in sync again.",
};

/** Only here, on Tailrace's own sample cluster: a way to see what trouble looks like. */
function LocalControl({ overview: { cluster, brokers } }: { overview: Overview }) {
  const target = brokers.find(({ process }) => process !== null && process !== "running") ?? brokers[1] ?? brokers[0];
  if (target === undefined || target.process === null) return null;
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-2 bg-sunken px-3 py-2.5">
      <p className="min-w-48 flex-1 text-pretty text-12 text-ink-2 leading-[17px]">{whatToSee[target.process]}</p>
      <BrokerProcessButton cluster={cluster.name} broker={target} />
    </div>
  );
}

function diskUsed({ diskTotalBytes: total, diskUsableBytes: usable }: Broker): bigint | null {
  return total === null || usable === null ? null : BigInt(total) - BigInt(usable);
}

function percentClass(state: Broker["state"], percent: number): string | undefined {
  if (state === "down") return "text-ink-3";
  if (percent >= DISK_CRIT_PERCENT) return "text-crit";
  return percent >= DISK_WARN_PERCENT ? "text-warn" : undefined;
}
