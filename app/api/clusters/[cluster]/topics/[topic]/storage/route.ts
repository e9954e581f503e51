import { getTopicStorage as contract } from "#lib/contracts/topic-storage.ts";
import { route } from "#server/http/route.ts";
import { getTopicStorage } from "#server/segments/services/get-topic-storage.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, getTopicStorage);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
