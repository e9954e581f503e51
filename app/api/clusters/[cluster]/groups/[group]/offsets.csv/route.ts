import { exportGroupOffsets as contract } from "#lib/contracts/offset-resets.ts";
import { exportGroupOffsets } from "#server/groups/export-group-offsets.ts";
import { bytesRoute } from "#server/http/bytes-route.ts";

export const dynamic = "force-dynamic";

export const GET = bytesRoute(contract, exportGroupOffsets);
export { DELETE, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
