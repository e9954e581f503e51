import { getGroupLag as contract } from "#lib/contracts/groups.ts";
import { getGroupLag } from "#server/groups/get-group-lag.ts";
import { route } from "#server/http/route.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, getGroupLag);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
