import { getTopicConfigs as contract } from "#lib/contracts/topics.ts";
import { route } from "#server/http/route.ts";
import { getTopicConfigs } from "#server/topics/get-topic-configs.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, getTopicConfigs);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
