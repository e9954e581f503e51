import Link from "next/link";
import { BrandMark } from "./brand.tsx";

/** Around a page that belongs to no cluster: the mark that leads home, and the content. */
export function BarePage({ children }: { children: React.ReactNode }) {
  return (
    <>
      <header className="flex h-bar items-center border-line-strong border-b px-gutter">
        <Link href="/" className="flex items-center gap-2 font-semibold">
          <BrandMark />
          Tailrace
        </Link>
      </header>
      <main>{children}</main>
    </>
  );
}
