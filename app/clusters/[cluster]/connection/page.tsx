import type { Metadata } from "next";
import { ConnectionView } from "#components/clusters/connection-view.tsx";

export const metadata: Metadata = { title: "Connection" };

export default function ConnectionPage() {
  return <ConnectionView />;
}
