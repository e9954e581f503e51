import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BrokerView } from "#components/brokers/broker-view.tsx";
import { getBroker as contract } from "#lib/contracts/brokers.ts";
import { brokerIdInPath } from "#lib/contracts/kafka.ts";
import { brokerQuery } from "#lib/queries/brokers.ts";
import { getBroker } from "#server/brokers/get-broker.ts";
import { readForPage } from "#server/http/page-data.ts";
import { WithData } from "../../../../with-data.tsx";

type Props = PageProps<"/clusters/[cluster]/brokers/[brokerId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { brokerId } = await params;
  return { title: `Broker ${brokerId}` };
}

export default async function BrokerPage({ params }: Props) {
  const { cluster, brokerId: inPath } = await params;
  const brokerId = brokerIdInPath.safeParse(inPath);
  if (!brokerId.success) notFound();
  const broker = await readForPage(contract, getBroker, { cluster, brokerId: brokerId.data });
  return (
    <WithData entries={[[brokerQuery(cluster, brokerId.data).queryKey, broker]]}>
      <BrokerView brokerId={brokerId.data} />
    </WithData>
  );
}
