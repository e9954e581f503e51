export const dynamic = "force-dynamic";

export { DELETE, GET, PATCH, POST, PUT } from "#server/http/other-requests.ts";
