import { getTopic as contract } from "#lib/contracts/topics.ts";
import { route } from "#server/http/route.ts";
import { getTopic } from "#server/topics/get-topic.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, getTopic);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
