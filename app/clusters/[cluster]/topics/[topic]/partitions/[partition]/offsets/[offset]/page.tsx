import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MessagePage } from "#components/messages/message-page.tsx";
import { getMessage as contract } from "#lib/contracts/messages.ts";
import { messageQuery } from "#lib/queries/messages.ts";
import { readForPage } from "#server/http/page-data.ts";
import { getMessage } from "#server/messages/get-message.ts";
import { WithData } from "../../../../../../../../with-data.tsx";

type Props = PageProps<"/clusters/[cluster]/topics/[topic]/partitions/[partition]/offsets/[offset]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { topic, partition, offset } = await params;
  return { title: `${decodeURIComponent(topic)}-${partition} @ ${offset}` };
}

/** In characters. A longer value is quicker as an answer of the API than inside the document, where it is sent twice. */
const IN_DOCUMENT_LIMIT = 65_536;

/** What no message's address can be is no page. */
export default async function MessageAtOffsetPage({ params }: Props) {
  const { topic, ...rest } = await params;
  const parsed = contract.params.safeParse({ ...rest, topic: decodeURIComponent(topic) });
  if (!parsed.success) notFound();
  const { cluster, ...place } = parsed.data;
  const message = await readForPage(contract, getMessage, parsed.data);
  const inDocument = (message?.value?.text.length ?? 0) <= IN_DOCUMENT_LIMIT ? message : null;
  return (
    <WithData entries={[[messageQuery(cluster, place).queryKey, inDocument]]}>
      <MessagePage {...place} />
    </WithData>
  );
}
