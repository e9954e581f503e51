import { listSegments as contract } from "#lib/contracts/segments.ts";
import { route } from "#server/http/route.ts";
import { listSegments } from "#server/segments/services/list-segments.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, listSegments);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
