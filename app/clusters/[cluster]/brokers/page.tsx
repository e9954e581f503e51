import type { Metadata } from "next";
import { BrokerList } from "#components/brokers/broker-list.tsx";

export const metadata: Metadata = { title: "Brokers" };

export default function BrokersPage() {
  return <BrokerList />;
}
