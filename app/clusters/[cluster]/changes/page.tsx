import type { Metadata } from "next";
import { ChangesPage } from "#components/changes/changes-page.tsx";

export const metadata: Metadata = { title: "Changes" };

/** Nothing is read on the server: how much is asked for is in the address, and the log may take a moment. */
export default function ChangesListPage() {
  return <ChangesPage />;
}
