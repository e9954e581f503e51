export const dynamic = "force-dynamic";

export { DELETE, GET, OPTIONS, PATCH, POST, PUT } from "#server/http/other-requests.ts";
