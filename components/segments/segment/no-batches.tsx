"use client";
import { Button } from "#components/ui/button.tsx";
import { PageMessage } from "#components/ui/page-message.tsx";
import { Bytes, Offset } from "#components/ui/quantity.tsx";
import type { BatchPage } from "#lib/contracts/segment-batches.ts";
import type { SegmentPlace } from "./segment-place.ts";

interface NoBatchesProps {
  page: BatchPage;
  among: SegmentPlace;
  url: { readonly from: string | null; readonly position: string | null };
  onFirst: () => void;
}

/** In place of a page's rows: the file is empty, or nothing lies from there on. */
export function NoBatches({ page, among: { segment }, url: { from, position }, onFirst }: NoBatchesProps) {
  if (page.fileBytes === "0") {
    return segment?.active === true ? (
      <PageMessage level={2} glyph="ring" title="Nothing has been written to it yet.">
        It is the active segment: the next batch that the partition gets lies here. This page looks again by itself.
      </PageMessage>
    ) : (
      <PageMessage level={2} glyph="ring" title="The file is empty.">
        It has a name and no bytes. Compaction leaves such a file where none of its records is needed any more, or
        nothing was written between two rolls.
      </PageMessage>
    );
  }
  return (
    <PageMessage
      level={2}
      glyph="ring"
      title={
        from !== null ? (
          <>
            No batch of this segment has offset <Offset value={from} /> or a later one.
          </>
        ) : (
          <>
            No batch begins at byte <Offset value={position ?? "0"} /> or behind it.
          </>
        )
      }
      actions={
        <Button tone="primary" onClick={onFirst}>
          First page
        </Button>
      }
    >
      The file has <Bytes value={page.fileBytes} />
      {segment?.lastOffset != null && (
        <>
          {" "}
          and ends with offset <Offset value={segment.lastOffset} />
        </>
      )}
      .
    </PageMessage>
  );
}
