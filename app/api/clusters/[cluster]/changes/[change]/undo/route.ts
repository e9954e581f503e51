import { planUndo as contract } from "#lib/contracts/offset-resets.ts";
import { planUndo } from "#server/groups/plan-undo.ts";
import { route } from "#server/http/route.ts";

export const dynamic = "force-dynamic";

export const POST = route(contract, planUndo);
export { DELETE, GET, OPTIONS, PATCH, PUT } from "#server/http/other-requests.ts";
