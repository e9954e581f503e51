import { listTopicSizes as contract } from "#lib/contracts/topics.ts";
import { route } from "#server/http/route.ts";
import { listTopicSizes } from "#server/topics/list-topic-sizes.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, listTopicSizes);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
