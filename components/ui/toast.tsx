"use client";
import { Toast as Base } from "@base-ui/react/toast";
import { X } from "lucide-react";
import { Glyph, type GlyphShape } from "./glyph.tsx";
import { IconButton } from "./icon-button.tsx";

const SHOWN_AT_ONCE = 3;

/** Holds the toasts of the app; once, around everything. */
export function ToastProvider({ children }: { children: React.ReactNode }) {
  return (
    <Base.Provider limit={SHOWN_AT_ONCE} timeout={6_000}>
      {children}
      <Base.Portal>
        <Base.Viewport className="fixed right-gutter bottom-[calc(var(--thumb-bar)+16px)] z-50 flex w-[min(480px,calc(100vw-2*var(--gutter)))] flex-col gap-2">
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

/** Says that something was done: one sentence, a glyph unless it went as asked, at most one further act. */
export function useToast(): (
  text: React.ReactNode,
  options?: { glyph?: GlyphShape; act?: { label: string; onClick: () => void } },
) => void {
  const manager = Base.useToastManager();
  return (text, { glyph = "tick", act } = {}) => {
    const id = manager.add({
      title: text,
      type: glyph,
      priority: glyph === "octagon" ? "high" : "low",
      ...(act !== undefined && {
        actionProps: {
          children: act.label,
          onClick: () => {
            // It leads elsewhere, where the toast would stand before what comes next.
            manager.close(id);
            act.onClick();
          },
        },
      }),
    });
  };
}

function Toasts() {
  const { toasts } = Base.useToastManager();
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      data-toast
      className="rounded-3 bg-raised shadow-pop transition-opacity data-ending-style:opacity-0 data-limited:hidden data-starting-style:opacity-0"
    >
      <Base.Content className="grid grid-cols-[14px_minmax(0,1fr)_auto_auto] items-center gap-2.5 py-2 pr-2 pl-3">
        <Glyph shape={(toast.type as GlyphShape | undefined) ?? "tick"} />
        <Base.Title className="text-pretty font-regular" render={<p />} />
        <Base.Action className="rounded-2 px-1 text-accent hover:underline" />
        <Base.Close
          render={
            <IconButton label="Dismiss" size="sm">
              <X aria-hidden strokeWidth={1.6} />
            </IconButton>
          }
        />
      </Base.Content>
    </Base.Root>
  ));
}
