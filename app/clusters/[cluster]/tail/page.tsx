import type { Metadata } from "next";
import { TailView } from "#components/tail/tail-view.tsx";

export const metadata: Metadata = { title: "Tail" };

/** Nothing is read on the server: a stream belongs to the tab that shows it. */
export default async function TailPage({ params }: PageProps<"/clusters/[cluster]/tail">) {
  const { cluster } = await params;
  return <TailView cluster={cluster} />;
}
