import type { Metadata } from "next";
import { TailView } from "#components/tail/tail-view.tsx";

type Props = PageProps<"/clusters/[cluster]/tail">;

/** Several tails are several tabs: each is called by what it reads. */
export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { topics, pattern } = await searchParams;
  const what = typeof topics === "string" ? topics : typeof pattern === "string" ? `/${pattern}/` : null;
  return { title: what === null ? "Tail" : `Tail of ${what}` };
}

/** Nothing is read on the server: a stream belongs to the tab that shows it. */
export default async function TailPage({ params }: Props) {
  const { cluster } = await params;
  return <TailView cluster={cluster} />;
}
