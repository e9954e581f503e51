import { notFound } from "next/navigation";

/** Whatever no other page takes is answered inside the cluster's frame, not by a bare page. */
export default function UnknownPage(): never {
  notFound();
}
