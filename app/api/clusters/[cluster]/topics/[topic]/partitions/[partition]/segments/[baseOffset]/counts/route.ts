import { countSegment as contract } from "#lib/contracts/segment-batches.ts";
import { route } from "#server/http/route.ts";
import { countSegment } from "#server/segments/services/count-segment.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, countSegment);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
