import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requirePermission } from "@/app/_session/session";
import { adjudicationRoom } from "@/server/reading/queries";
import { AdjudicationRoom } from "./adjudication-room";

export const metadata: Metadata = { title: "Adjudication" };

/** Studies whose readers disagree, one after the other. */
export default async function AdjudicationPage({ params }: { params: Promise<{ id: string }> }) {
  const person = await requirePermission("reading.adjudicate");
  const { id } = await params;
  const room = await adjudicationRoom(person, { worklist: Number(id) });
  if (!room.ok) notFound();
  return <AdjudicationRoom room={room.value} adjudicator={person.userId} />;
}
