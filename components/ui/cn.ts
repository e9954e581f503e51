import { cx } from "class-variance-authority";
import { extendTailwindMerge } from "tailwind-merge";

/** Knows our own type scale, so that `text-12` and `text-crit` don't cancel each other. */
const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ["11", "12", "13", "15", "18", "20", "26"],
      radius: ["1", "2", "3", "full"],
      shadow: ["pop", "dialog", "focus"],
      spacing: ["gutter", "row", "row-head", "ctl", "ctl-lg", "hit", "bar", "thumb-bar"],
    },
  },
});

/** Joins class names; a later one wins over an earlier one of the same property. */
export function cn(...classes: Parameters<typeof cx>): string {
  return merge(cx(classes));
}
