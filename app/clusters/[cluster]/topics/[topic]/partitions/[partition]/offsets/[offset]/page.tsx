import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MessagePage } from "#components/messages/message-page.tsx";
import { getMessage as contract } from "#lib/contracts/messages.ts";

type Props = PageProps<"/clusters/[cluster]/topics/[topic]/partitions/[partition]/offsets/[offset]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { topic, partition, offset } = await params;
  return { title: `${decodeURIComponent(topic)}-${partition} @ ${offset}` };
}

/** What no message's address can be is no page. */
export default async function MessageAtOffsetPage({ params }: Props) {
  const { topic, ...rest } = await params;
  const parsed = contract.params.safeParse({ ...rest, topic: decodeURIComponent(topic) });
  if (!parsed.success) notFound();
  return <MessagePage topic={decodeURIComponent(topic)} partition={Number(rest.partition)} offset={rest.offset} />;
}
