import { redirect } from "next/navigation";

export default async function ModelPage({ params }: { params: Promise<{ runId: string }> }) {
  redirect(`/models/${(await params).runId}/evaluation`);
}
