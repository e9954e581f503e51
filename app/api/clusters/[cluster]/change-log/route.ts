import { createChangeLog as createContract, getRecording as getContract } from "#lib/contracts/changes.ts";
import { createChangeLog } from "#server/changes/create-change-log.ts";
import { getRecording } from "#server/changes/get-recording.ts";
import { route } from "#server/http/route.ts";

export const dynamic = "force-dynamic";

export const GET = route(getContract, getRecording);
export const POST = route(createContract, createChangeLog);
export { DELETE, OPTIONS, PATCH, PUT } from "#server/http/other-requests.ts";
