import { listBatches as contract } from "#lib/contracts/segment-batches.ts";
import { route } from "#server/http/route.ts";
import { listBatches } from "#server/segments/services/list-batches.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, listBatches);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
