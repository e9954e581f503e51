import { deleteGroupOffsets as contract } from "#lib/contracts/offset-resets.ts";
import { deleteGroupOffsets } from "#server/groups/delete-group-offsets.ts";
import { route } from "#server/http/route.ts";

export const dynamic = "force-dynamic";

export const DELETE = route(contract, deleteGroupOffsets);
export { GET, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
