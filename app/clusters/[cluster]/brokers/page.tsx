import type { Metadata } from "next";
import { BrokerList } from "#components/brokers/broker-list.tsx";
import { listBrokers as contract } from "#lib/contracts/brokers.ts";
import { brokersQuery } from "#lib/queries/brokers.ts";
import { listBrokers } from "#server/brokers/list-brokers.ts";
import { readForPage } from "#server/http/page-data.ts";
import { WithData } from "../../../with-data.tsx";

export const metadata: Metadata = { title: "Brokers" };

export default async function BrokersPage({ params }: PageProps<"/clusters/[cluster]/brokers">) {
  const { cluster } = await params;
  const brokers = await readForPage(contract, listBrokers, { cluster });
  return (
    <WithData entries={[[brokersQuery(cluster).queryKey, brokers]]}>
      <BrokerList />
    </WithData>
  );
}
