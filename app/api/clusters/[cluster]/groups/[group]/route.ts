import { getGroup as contract } from "#lib/contracts/groups.ts";
import { getGroup } from "#server/groups/get-group.ts";
import { route } from "#server/http/route.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, getGroup);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
