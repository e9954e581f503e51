"use client";
import Link from "next/link";
import { useCluster } from "#components/shell/cluster-context.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { Bytes, Unknown } from "#components/ui/quantity.tsx";
import { ShareBar } from "#components/ui/share-bar.tsx";
import { Table, Td, Th, Tr } from "#components/ui/table.tsx";
import type { ReplicaSegments, SegmentList } from "#lib/contracts/segments.ts";
import { formatCount } from "#lib/format.ts";
import { brokerHref } from "#lib/hrefs.ts";
import { accessWords } from "./access-words.ts";

const roles = { leader: "leader", follower: "follower", future: "moving here" } as const;

/** What the brokers tell of a partition's replicas without their files. */
export function UnreadableReplicas({ list }: { list: SegmentList }) {
  const { name: cluster } = useCluster();
  const largest = list.replicas.map(({ sizeBytes }) => BigInt(sizeBytes ?? 0)).reduce(larger, 0n);
  return (
    <div className="px-gutter">
      <Table label={`Replicas of ${list.topic}-${list.partition}`}>
        <thead>
          <tr>
            <Th>Broker</Th>
            <Th>Replica</Th>
            <Th right>Size</Th>
            <Th aria-label="Size, compared" className="max-md:hidden" />
            <Th right className="max-sm:hidden" title="Messages behind the leader's high watermark">
              Behind
            </Th>
            <Th className="w-full pl-6 max-md:hidden">Its files</Th>
          </tr>
        </thead>
        <tbody>
          {list.replicas.map((replica) => (
            <Tr key={`${replica.brokerId} ${replica.role}`}>
              <Td>
                <Link href={brokerHref(cluster, replica.brokerId)} className="link mono">
                  {replica.brokerId}
                </Link>
              </Td>
              <Td>
                <Role replica={replica} />
              </Td>
              <Td right>
                {replica.sizeBytes === null ? (
                  <Unknown why="the broker doesn't tell" />
                ) : (
                  <Bytes value={replica.sizeBytes} />
                )}
              </Td>
              <Td className="max-md:hidden">
                <span className="block w-32">
                  <ShareBar value={replica.sizeBytes === null ? null : BigInt(replica.sizeBytes)} of={largest} />
                </span>
              </Td>
              <Td right className="max-sm:hidden">
                {replica.offsetLag === null ? (
                  <Unknown why="the broker doesn't tell" />
                ) : (
                  formatCount(replica.offsetLag)
                )}
              </Td>
              <Td className="pl-6 text-ink-2 max-md:hidden">
                {replica.access.state === "unreadable" ? accessWords[replica.access.reason] : "readable"}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function Role({ replica: { role, inSync } }: { replica: ReplicaSegments }) {
  if (role === "future" || inSync) return roles[role];
  return (
    <span className="inline-flex items-center gap-1.5 text-warn">
      <Glyph shape="triangle" className="size-3" />
      {roles[role]}, not in sync
    </span>
  );
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
