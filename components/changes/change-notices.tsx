import Link from "next/link";
import { Notice } from "#components/ui/notice.tsx";
import type { ChangeDetail } from "#lib/contracts/changes.ts";
import { changeHref, groupHref } from "#lib/hrefs.ts";

/** What a reader must know of a change before anything else: how it failed, what is missing of its record, who took it back. */
export function ChangeNotices({ cluster, change }: { cluster: string; change: ChangeDetail }) {
  const { state, failure, incomplete, undoes, undoneBy, target } = change;
  return (
    <div className="grid gap-2 px-gutter pb-3 empty:hidden">
      {state === "failed" && (
        <Notice tone="crit" title="It failed.">
          {failure ?? "Why is not on record."}
        </Notice>
      )}
      {state === "partial" && (
        <Notice tone="warn" title="It was done in part.">
          {failure ?? "Each partition says what came of it."}
        </Notice>
      )}
      {state === "intent" && (
        <Notice tone="warn" title="No outcome is on record.">
          It is under way, or the server that made it stopped before it could write what came of it. It may have
          happened, whole or in part:{" "}
          {target.group === null ? (
            "look at what it was done to."
          ) : (
            <Link href={groupHref(cluster, target.group)} className="link underline">
              look at what the group holds now.
            </Link>
          )}
        </Notice>
      )}
      {incomplete && (
        <Notice tone="warn" title="Parts of its record are missing.">
          What is shown below is not all of it.
        </Notice>
      )}
      {undoneBy !== null && (
        <Notice title="It was taken back.">
          <Link href={changeHref(cluster, undoneBy)} className="link underline">
            Open the change that did
          </Link>
        </Notice>
      )}
      {undoes !== null && (
        <Notice title="It takes an earlier change back.">
          <Link href={changeHref(cluster, undoes)} className="link underline">
            Open that change
          </Link>
        </Notice>
      )}
    </div>
  );
}
