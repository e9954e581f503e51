import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BrokerView } from "#components/brokers/broker-view.tsx";
import { brokerIdInPath } from "#lib/contracts/kafka.ts";

type Props = PageProps<"/clusters/[cluster]/brokers/[brokerId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { brokerId } = await params;
  return { title: `Broker ${brokerId}` };
}

export default async function BrokerPage({ params }: Props) {
  const id = brokerIdInPath.safeParse((await params).brokerId);
  if (!id.success) notFound();
  return <BrokerView brokerId={id.data} />;
}
