"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "#components/ui/cn.ts";
import { useCluster } from "./cluster-context.tsx";
import { sectionsOf } from "./sections.tsx";

/** In the top bar; at the thumb on a phone. */
export function Navigation() {
  const path = usePathname();
  const sections = sectionsOf(useCluster().name);
  return (
    <nav
      aria-label="Main"
      className={cn(
        "flex gap-0.5 self-stretch",
        "max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-30 max-md:h-thumb-bar max-md:border-line-strong max-md:border-t max-md:bg-bg max-md:pb-[env(safe-area-inset-bottom)]",
      )}
    >
      {sections.map((section) => (
        <Link
          key={section.href}
          href={section.href}
          aria-current={section.holds(path) ? "page" : undefined}
          className={cn(
            "relative flex items-center gap-1.5 px-2.5 md:max-lg:px-1.5 font-nav text-ink-2 hover:text-ink focus-visible:z-10 focus-visible:rounded-2 aria-[current]:font-strong aria-[current]:text-ink",
            "after:absolute after:inset-x-2.5 md:max-lg:after:inset-x-1.5 after:-bottom-px after:h-0.5 after:bg-accent not-aria-[current]:after:hidden",
            "max-md:flex-1 max-md:flex-col max-md:px-0.5 max-md:justify-center max-md:gap-[3px] max-md:text-11 max-md:after:inset-x-2 max-md:after:-top-px max-md:after:bottom-auto max-md:aria-[current]:text-accent",
          )}
        >
          <svg
            viewBox="0 0 24 24"
            className="size-[18px] md:hidden"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.6"
            strokeLinecap="round"
            strokeLinejoin="round"
            aria-hidden
          >
            {section.icon}
          </svg>
          {section.label}
        </Link>
      ))}
    </nav>
  );
}
