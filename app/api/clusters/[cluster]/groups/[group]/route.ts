import { getGroup as getContract } from "#lib/contracts/groups.ts";
import { deleteGroup as deleteContract } from "#lib/contracts/offset-resets.ts";
import { deleteGroup } from "#server/groups/delete-group.ts";
import { getGroup } from "#server/groups/get-group.ts";
import { route } from "#server/http/route.ts";

export const dynamic = "force-dynamic";

export const GET = route(getContract, getGroup);
export const DELETE = route(deleteContract, deleteGroup);
export { OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
