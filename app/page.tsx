import { redirect } from "next/navigation";
import { clusterHref } from "#lib/hrefs.ts";
import { runtime } from "#server/runtime.ts";

export const dynamic = "force-dynamic";

/** The first cluster's overview: the question is always "is it all right?". */
export default function Home(): never {
  const [first] = runtime().settings.clusters;
  redirect(first === undefined ? "/clusters" : clusterHref(first.name));
}
