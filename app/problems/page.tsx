import type { Metadata } from "next";
import { ProblemList } from "#components/problems/problem-list.tsx";

export const metadata: Metadata = { title: "Problems" };

export default function ProblemsPage() {
  return <ProblemList />;
}
