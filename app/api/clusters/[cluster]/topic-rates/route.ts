import { listTopicRates as contract } from "#lib/contracts/topics.ts";
import { route } from "#server/http/route.ts";
import { listTopicRates } from "#server/topics/list-topic-rates.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, listTopicRates);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
