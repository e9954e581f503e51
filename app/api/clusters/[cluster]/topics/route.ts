import { createTopic as createTopicContract, listTopics as listTopicsContract } from "#lib/contracts/topics.ts";
import { route } from "#server/http/route.ts";
import { createTopic } from "#server/topics/create-topic.ts";
import { listTopics } from "#server/topics/list-topics.ts";

export const dynamic = "force-dynamic";

export const GET = route(listTopicsContract, listTopics);
export const POST = route(createTopicContract, createTopic);
export { DELETE, OPTIONS, PATCH, PUT } from "#server/http/other-requests.ts";
