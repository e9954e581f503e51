import type { Metadata } from "next";
import { UndoView } from "#components/groups/reset/undo-view.tsx";

type Props = PageProps<"/clusters/[cluster]/changes/[change]/undo">;

export const metadata: Metadata = { title: "Undo" };

/** An id that no change could have is left to the view: it says that there is no such change. */
export default async function UndoPage({ params }: Props) {
  const { change } = await params;
  return <UndoView change={decodeURIComponent(change)} />;
}
