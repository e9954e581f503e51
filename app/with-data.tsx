import { dehydrate, HydrationBoundary, QueryClient, type QueryKey } from "@tanstack/react-query";

/** Hands data that was read on the server to the queries of the page inside; null is left for the browser to ask. */
export function WithData({
  entries,
  children,
}: {
  entries: readonly (readonly [QueryKey, unknown])[];
  children: React.ReactNode;
}) {
  const client = new QueryClient();
  for (const [key, data] of entries) if (data !== null) client.setQueryData(key, data);
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
