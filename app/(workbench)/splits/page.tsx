import { redirect } from "next/navigation";

/** Splits are listed with their cohorts. */
export default function SplitsPage() {
  redirect("/cohorts");
}
