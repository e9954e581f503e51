import { getChange as contract } from "#lib/contracts/changes.ts";
import { getChange } from "#server/changes/get-change.ts";
import { route } from "#server/http/route.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, getChange);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
