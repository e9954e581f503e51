import { CopyCommand } from "#components/ui/copy-command.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { GroupDetail } from "#lib/contracts/groups.ts";

/** What can't be read of a group of this type, and the command that can. */
export function Unread({ unread }: Pick<GroupDetail, "unread">) {
  if (unread === null) return null;
  return (
    <div className="px-gutter pt-3">
      <Notice title="Not all of it can be read here.">
        {unread.detail}
        {unread.command !== null && (
          <CopyCommand command={unread.command} label="the command that can" className="mt-2 max-w-[840px] bg-bg" />
        )}
      </Notice>
    </div>
  );
}
