import type { Metadata } from "next";
import { CreateTopicForm } from "#components/topics/create/create-topic-form.tsx";
import { listBrokers as brokersContract } from "#lib/contracts/brokers.ts";
import { listTopicConfigDefinitions as definitionsContract } from "#lib/contracts/topics.ts";
import { brokersQuery } from "#lib/queries/brokers.ts";
import { topicConfigDefinitionsQuery } from "#lib/queries/topics.ts";
import { listBrokers } from "#server/brokers/list-brokers.ts";
import { readForPage } from "#server/http/page-data.ts";
import { listTopicConfigDefinitions } from "#server/topics/list-topic-config-definitions.ts";
import { WithData } from "../../../with-data.tsx";

export const metadata: Metadata = { title: "Create a topic" };

export default async function CreateTopicPage({ params }: PageProps<"/clusters/[cluster]/create-topic">) {
  const { cluster } = await params;
  const [brokers, definitions] = await Promise.all([
    readForPage(brokersContract, listBrokers, { cluster }),
    readForPage(definitionsContract, listTopicConfigDefinitions, { cluster }),
  ]);
  return (
    <WithData
      entries={[
        [brokersQuery(cluster).queryKey, brokers],
        [topicConfigDefinitionsQuery(cluster).queryKey, definitions],
      ]}
    >
      <CreateTopicForm />
    </WithData>
  );
}
