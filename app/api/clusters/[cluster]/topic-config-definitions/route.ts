import { listTopicConfigDefinitions as contract } from "#lib/contracts/topics.ts";
import { route } from "#server/http/route.ts";
import { listTopicConfigDefinitions } from "#server/topics/list-topic-config-definitions.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, listTopicConfigDefinitions);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
