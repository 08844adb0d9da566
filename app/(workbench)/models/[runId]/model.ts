import { notFound, redirect } from "next/navigation";
import { requirePermission } from "@/app/_session/session";
import { showRun } from "@/server/training/queries";
import type { RunMetrics } from "@/server/training/schema";

/**
 * The finished run that an address names, for each of its pages. A run that is still at work, or came to
 * nothing, is shown on its own page; one that is not there is not found.
 */
export async function requireModel(params: Promise<{ runId: string }>) {
  const person = await requirePermission("models.view");
  const { runId } = await params;
  if (!/^[1-9]\d{0,14}$/.test(runId)) notFound();
  const shown = await showRun(person, { run: Number(runId) });
  if (!shown.ok) notFound();
  const { metrics } = shown.value;
  if (shown.value.status !== "done" || metrics === null) redirect(`/training/${runId}`);
  return { person, run: { ...shown.value, metrics } };
}
export type Model = Awaited<ReturnType<typeof requireModel>>["run"];

/** Images of the test part that are not on the diagonal. */
export function errorCount({ parts }: RunMetrics): number {
  const { images, confusion } = parts.test;
  return images - confusion.reduce((sum, row, at) => sum + (row[at] ?? 0), 0);
}
