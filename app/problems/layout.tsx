import { BarePage } from "#components/shell/bare-page.tsx";

export default function ProblemsLayout({ children }: { children: React.ReactNode }) {
  return <BarePage>{children}</BarePage>;
}
