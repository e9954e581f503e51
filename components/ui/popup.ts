/** What floats: one ground, one shadow, a short fade. */
export const popupStyle =
  "rounded-3 bg-raised text-ink shadow-pop outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0";
