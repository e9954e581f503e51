"use client";
import { useQueryState } from "nuqs";
import { Tabs } from "#components/ui/tabs.tsx";
import type { SegmentList } from "#lib/contracts/segments.ts";
import { FindPanel } from "./find/find-panel.tsx";
import { useFind } from "./find/use-find.ts";
import { segmentsUrl } from "./segments-url.ts";
import type { ReadableReplica } from "./shown-replica.ts";
import { tabWord } from "./verify/run-words.ts";
import type { VerificationControl } from "./verify/use-verification.ts";
import { VerifyPanel } from "./verify/verify-panel.tsx";

/** Beside the table: find an offset, or verify the files. Both go on while the other is looked at. */
export function ToolsPanel({
  list,
  replica,
  verification,
}: {
  list: SegmentList;
  replica: ReadableReplica;
  verification: VerificationControl;
}) {
  const [panel, setPanel] = useQueryState("panel", segmentsUrl.panel);
  const find = useFind(list, replica.brokerId);
  return (
    <aside
      aria-label="Find and verify"
      className="min-w-0 border-line-strong max-lg:border-t lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:border-l"
    >
      <Tabs
        label="Find or verify"
        value={panel}
        onValueChange={(next) => void setPanel(next)}
        tabs={[
          {
            value: "find",
            label: "Find",
            panel: <FindPanel list={list} replica={replica} find={find} onVerify={() => void setPanel("verify")} />,
          },
          {
            value: "verify",
            label: "Verify",
            aside: tabWord(verification.run),
            panel: <VerifyPanel list={list} replica={replica} verification={verification} />,
          },
        ]}
      />
    </aside>
  );
}
