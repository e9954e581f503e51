import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ProblemExplained } from "#components/problems/problem-explained.tsx";
import { type ProblemCode, problemStatus } from "#lib/problem.ts";
import { problemGuide } from "#lib/problem-guide.ts";

interface Props {
  params: Promise<{ code: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { code } = await params;
  return isProblemCode(code) ? { title: problemGuide[code].title } : {};
}

export default async function ProblemPage({ params }: Props) {
  const { code } = await params;
  if (!isProblemCode(code)) notFound();
  return <ProblemExplained code={code} />;
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemStatus, code);
}
