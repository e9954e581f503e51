import { resetOffsets as contract } from "#lib/contracts/offset-resets.ts";
import { resetOffsets } from "#server/groups/reset-offsets.ts";
import { route } from "#server/http/route.ts";

export const dynamic = "force-dynamic";

export const POST = route(contract, resetOffsets);
export { DELETE, GET, OPTIONS, PATCH, PUT } from "#server/http/other-requests.ts";
