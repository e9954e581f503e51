type WriteAddress = History["replaceState"];

/** What the router puts into the state of its own history entries. */
interface RouterEntry {
  readonly __NA?: boolean;
}

let isLeaving = false;
let isWatching = false;

const isOfRouter = (state: unknown): boolean => (state as RouterEntry | null)?.__NA === true;

/**
 * Call when the router starts to go to another page. Filters and forms write themselves into the address a moment after they change; the
 * router takes such a write for a navigation, and drops the one that is under way: a click right after a change would do nothing. Until it
 * has arrived, such writes reach the history, so that Back finds them, but not the router.
 */
export function startLeavingPage(): void {
  isLeaving = true;
  if (isWatching) return;
  isWatching = true;
  // Here, not at the start: the router and nuqs replace these functions when the page hydrates, and this has to stand before theirs.
  const { pushState, replaceState } = window.history;
  window.history.pushState = quietWhileLeaving(pushState);
  window.history.replaceState = quietWhileLeaving(replaceState);
}

function quietWhileLeaving(write: WriteAddress): WriteAddress {
  return (state, unused, url) => {
    if (isOfRouter(state)) isLeaving = false;
    const entry: unknown = window.history.state;
    // The router lets pass without a look what carries its own state.
    const quiet = isLeaving && isOfRouter(entry);
    write.call(window.history, quiet ? entry : state, unused, url);
  };
}
