"use client";
import { type RefObject, useEffect, useRef } from "react";

/** The first control of a row that needs a correction; NumberField and Radio keep hidden inputs beside what one sees. */
const CONTROL =
  'input:not([aria-hidden="true"], [type="hidden"]), textarea, [role="combobox"], [role="radio"][tabindex="0"]';

/**
 * Leads to the first field that needs a correction, each time the form was submitted in vain: it may be screens away.
 * @param submits how often it was submitted
 * @param refusal the last answer that refused it; null when there is none for what the form says now
 */
export function useFocusOnRefusal(form: RefObject<HTMLFormElement | null>, submits: number, refusal: unknown): void {
  const told = useRef<unknown>(null);
  useEffect(() => {
    if (submits > 0) focusFirstWrong(form.current);
  }, [form, submits]);
  useEffect(() => {
    // A refusal that is shown again, because what was typed was taken back, doesn't take the focus away.
    if (refusal === null || refusal === told.current) return;
    told.current = refusal;
    focusFirstWrong(form.current);
  }, [form, refusal]);
}

function focusFirstWrong(form: HTMLFormElement | null): void {
  const control = form?.querySelector("[data-wrong]")?.querySelector(CONTROL);
  if (!(control instanceof HTMLElement)) return;
  control.focus({ preventScroll: true });
  // Never below the bar at the top or the one at the bottom.
  control.scrollIntoView({ block: "center" });
}
