import { planOffsetReset as contract } from "#lib/contracts/offset-resets.ts";
import { planOffsetReset } from "#server/groups/plan-offset-reset.ts";
import { route } from "#server/http/route.ts";

export const dynamic = "force-dynamic";

export const POST = route(contract, planOffsetReset);
export { DELETE, GET, OPTIONS, PATCH, PUT } from "#server/http/other-requests.ts";
