import type { Metadata } from "next";
import { TopicsPage } from "#components/topics/list/topics-page.tsx";
import { listTopics as contract } from "#lib/contracts/topics.ts";
import { topicsQuery } from "#lib/queries/topics.ts";
import { readForPage } from "#server/http/page-data.ts";
import { listTopics } from "#server/topics/list-topics.ts";
import { WithData } from "../../../with-data.tsx";

export const metadata: Metadata = { title: "Topics" };

/** A longer list is quicker as one compact answer of the API than inside the document, where it is sent twice. */
const IN_DOCUMENT_LIMIT = 500;

export default async function TopicsListPage({ params }: PageProps<"/clusters/[cluster]/topics">) {
  const { cluster } = await params;
  const topics = await readForPage(contract, listTopics, { cluster });
  const inDocument = topics !== null && topics.topics.length <= IN_DOCUMENT_LIMIT ? topics : null;
  return (
    <WithData entries={[[topicsQuery(cluster).queryKey, inDocument]]}>
      <TopicsPage />
    </WithData>
  );
}
