import type { Metadata } from "next";
import { ChangePage } from "#components/changes/change-page.tsx";

type Props = PageProps<"/clusters/[cluster]/changes/[change]">;

export const metadata: Metadata = { title: "Change" };

/** An id that no change could have is left to the view: it says that there is no such change. */
export default async function OneChangePage({ params }: Props) {
  const { change } = await params;
  return <ChangePage change={decodeURIComponent(change)} />;
}
