import { listChanges as contract } from "#lib/contracts/changes.ts";
import { listChanges } from "#server/changes/list-changes.ts";
import { route } from "#server/http/route.ts";

export const dynamic = "force-dynamic";

export const GET = route(contract, listChanges);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
