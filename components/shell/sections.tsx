import type { Route } from "next";
import { brokersHref, changesHref, clusterHref, groupsHref, tailHref, topicsHref } from "#lib/hrefs.ts";

export interface Section {
  readonly label: string;
  readonly href: Route;
  readonly icon: React.ReactNode;
  /** Is this path within the section? */
  readonly holds: (path: string) => boolean;
}

/** The pages of a cluster's navigation, in its order. */
export function sectionsOf(cluster: string): readonly Section[] {
  const home = clusterHref(cluster);
  const within = (href: string) => (path: string) => path === href || path.startsWith(`${href}/`);
  return [
    {
      label: "Overview",
      href: home,
      icon: <path d="M4 19h16M6 15v-3M10 15V6M14 15V9M18 15v-5" />,
      holds: (path) => path === home,
    },
    {
      label: "Topics",
      href: topicsHref(cluster),
      icon: <path d="M4 6h16M4 12h16M4 18h10" />,
      holds: (path) => within(topicsHref(cluster))(path) || path === `${home}/create-topic`,
    },
    {
      label: "Groups",
      href: groupsHref(cluster),
      icon: (
        <>
          <circle cx="9" cy="8.5" r="3" />
          <path d="M3.5 19c0-3 2.4-5 5.5-5s5.5 2 5.5 5M15.5 5.8a3 3 0 0 1 0 5.4M17.5 14.6c1.9.7 3 2.3 3 4.4" />
        </>
      ),
      holds: within(groupsHref(cluster)),
    },
    {
      label: "Brokers",
      href: brokersHref(cluster),
      icon: (
        <>
          <rect x="4" y="4.5" width="16" height="6" rx="1.5" />
          <rect x="4" y="13.5" width="16" height="6" rx="1.5" />
          <path d="M8 7.5h.01M8 16.5h.01" strokeWidth="2.2" />
        </>
      ),
      holds: within(brokersHref(cluster)),
    },
    {
      label: "Tail",
      href: tailHref(cluster),
      icon: <path d="M3 8c3 0 3 2.5 6 2.5S12 8 15 8s3 2.5 6 2.5M3 15c3 0 3 2.5 6 2.5s3-2.5 6-2.5 3 2.5 6 2.5" />,
      holds: within(tailHref(cluster)),
    },
    {
      label: "Changes",
      href: changesHref(cluster),
      icon: (
        <>
          <path d="M4 12a8 8 0 1 0 2.6-5.9L4 8.5" />
          <path d="M4 4v4.5h4.5M12 8v4.5l3 1.8" />
        </>
      ),
      holds: within(changesHref(cluster)),
    },
  ];
}
