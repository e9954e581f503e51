import type { Metadata } from "next";
import { TopicView } from "#components/topics/topic-view.tsx";
import { topicName } from "#lib/contracts/kafka.ts";
import { getTopic as contract } from "#lib/contracts/topics.ts";
import { topicQuery } from "#lib/queries/topics.ts";
import { readForPage } from "#server/http/page-data.ts";
import { getTopic } from "#server/topics/get-topic.ts";
import { WithData } from "../../../../with-data.tsx";

type Props = PageProps<"/clusters/[cluster]/topics/[topic]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { topic } = await params;
  return { title: decodeURIComponent(topic) };
}

/** A name that Kafka could not have is left to the view: it says that there is no such topic. */
export default async function TopicPage({ params }: Props) {
  const { cluster, topic: inPath } = await params;
  const topic = decodeURIComponent(inPath);
  const known = topicName.safeParse(topic).success ? await readForPage(contract, getTopic, { cluster, topic }) : null;
  return (
    <WithData entries={[[topicQuery(cluster, topic).queryKey, known]]}>
      <TopicView topic={topic} />
    </WithData>
  );
}
