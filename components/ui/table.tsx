import { cn } from "./cn.ts";

/** For short tables. Long ones, or those that sort: DataTable. Give the table a name by `label` or a caption. */
export function Table({ label, className, ...props }: React.ComponentProps<"table"> & { label?: string }) {
  return (
    <table
      aria-label={label}
      className={cn("w-full border-separate border-spacing-0 text-left", className)}
      {...props}
    />
  );
}

interface CellProps {
  /** Numbers stand right. */
  right?: boolean;
}

const edge = "px-2.5 first:pl-0 last:pr-0";

export function Th({ right, className, ...props }: React.ComponentProps<"th"> & CellProps) {
  return (
    <th
      scope="col"
      className={cn(
        "h-7 whitespace-nowrap border-line-strong border-b bg-bg font-nav text-12 text-ink-2",
        edge,
        right === true && "text-right",
        className,
      )}
      {...props}
    />
  );
}

export function Td({ right, className, ...props }: React.ComponentProps<"td"> & CellProps) {
  return (
    <td
      className={cn("h-row whitespace-nowrap border-line border-b", edge, right === true && "text-right", className)}
      {...props}
    />
  );
}

/** A row that lights up under the pointer. */
export function Tr({ className, ...props }: React.ComponentProps<"tr">) {
  return <tr className={cn("hover:[&>td]:bg-hover", className)} {...props} />;
}
