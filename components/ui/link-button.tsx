import type { VariantProps } from "class-variance-authority";
import Link from "next/link";
import { buttonStyle } from "./button-style.ts";
import { cn } from "./cn.ts";

type LinkButtonProps = React.ComponentProps<typeof Link> & VariantProps<typeof buttonStyle>;

/** A link that looks like a button, because it starts an act on another page. */
export function LinkButton({ tone, size, className, ...props }: LinkButtonProps) {
  return <Link className={cn(buttonStyle({ tone, size }), className)} {...props} />;
}
