import type { Route } from "next";
import Link from "next/link";
import { cn } from "./cn.ts";

interface PageHeadProps {
  /** Where this page is in, from the outside in. */
  crumbs?: readonly { label: React.ReactNode; href: Route; mono?: boolean }[];
  title: React.ReactNode;
  /** The title is a name that can be pasted into a terminal. */
  mono?: boolean;
  /** State words, after the title. */
  tags?: React.ReactNode;
  /** A sentence or a few figures below the title. */
  aside?: React.ReactNode;
  /** Buttons, at the right. */
  actions?: React.ReactNode;
  className?: string;
}

/** The top of a page: where one is, what it is, what can be done with it. */
export function PageHead({ crumbs = [], title, mono, tags, aside, actions, className }: PageHeadProps) {
  return (
    <header className={cn("flex flex-wrap items-start gap-x-4 gap-y-2 px-gutter pt-3.5 pb-3", className)}>
      <div className="min-w-0 flex-1 basis-64">
        {crumbs.length > 0 && (
          <nav aria-label="Breadcrumb" className="mb-0.5 flex flex-wrap gap-x-1.5 gap-y-2 text-12 text-ink-3">
            {crumbs.map(({ label, href, mono: monoCrumb }) => (
              <span key={href} className="flex gap-x-1.5">
                <Link href={href} className={cn("text-ink-2 hover:underline", monoCrumb && "mono leading-4")}>
                  {label}
                </Link>
                <span aria-hidden>/</span>
              </span>
            ))}
          </nav>
        )}
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <h1 className={cn("mr-1 min-w-0", mono && "[overflow-wrap:anywhere]")}>
            {mono ? <span className="mono">{title}</span> : title}
          </h1>
          {tags}
        </div>
        {aside !== undefined && <div className="mt-0.5 text-pretty text-ink-2">{aside}</div>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
