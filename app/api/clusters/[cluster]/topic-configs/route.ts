import { listTopicConfigs as contract } from "#lib/contracts/topics.ts";
import { route } from "#server/http/route.ts";
import { listTopicConfigs } from "#server/topics/list-topic-configs.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, listTopicConfigs);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
