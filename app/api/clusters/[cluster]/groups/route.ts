import { listGroups as contract } from "#lib/contracts/groups.ts";
import { listGroups } from "#server/groups/list-groups.ts";
import { route } from "#server/http/route.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, listGroups);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
